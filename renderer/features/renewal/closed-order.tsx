import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Renewal } from '#contract/desk/account.ts';
import type { Intent } from '#renderer/app/intent.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';

/** An order that is over without a renewal: cancelled, run out, or paid back. */
export function ClosedOrder({ renewal }: { readonly renewal: Renewal }): ReactNode {
  const { t, format } = useWords();
  const [, navigate] = useLocation();
  const { order } = renewal;
  const kind = renewal.phase === 'refunded' ? 'refunded' : renewal.phase === 'expired' ? 'expired' : 'cancelled';
  return (
    <section className="card hero" data-phase={kind}>
      <div className="hero-head">
        <span className="seal neutral">
          <Icon name={kind === 'refunded' ? 'receipt' : 'minus'} />
        </span>
        <div className="grow" role="status">
          <h2 className="display">{t(`closed.${kind}.title`)}</h2>
          <p className="md muted">{t(`closed.${kind}.text`, { total: format.money(order.quote.total), number: order.number })}</p>
        </div>
        <div className="hero-acts">
          <Button size="large" kind="primary" label={t('closed.again')} onClick={() => navigate('/plan')} />
          <Button
            size="large"
            kind="ghost"
            label={t('expired.support')}
            onClick={() => navigate('/support', { state: { subject: 'payment', orderId: order.orderId } satisfies Intent })}
          />
        </div>
      </div>
    </section>
  );
}
