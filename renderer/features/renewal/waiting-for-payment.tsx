import type { ReactNode } from 'react';
import type { Renewal } from '#contract/desk/account.ts';
import { useSystem } from '#renderer/app/desk.tsx';
import { useIntent } from '#renderer/app/intent.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { OrderCard } from './order-card.tsx';
import { usePayment } from './use-payment.ts';

/** The page is open in the browser; the window waits and believes only what the service says. */
export function WaitingForPayment({ renewal }: { readonly renewal: Renewal }): ReactNode {
  const { t, format } = useWords();
  const system = useSystem();
  const intent = useIntent();
  const { order, pageUrl } = renewal;
  const payment = usePayment(order.orderId);
  // A shell without a browser of its own always shows the address: the person carries it over.
  const url = payment.unopenedUrl ?? (system?.shell === 'electron' && intent.unopened !== true ? null : pageUrl);
  return (
    <div className="two wide-left top-align">
      <section className="card fail" data-phase="waiting">
        <div className="fail-head">
          <span className="seal run">
            <Icon name="clock" />
          </span>
          <div role="status">
            <h2 className="display">{t('waiting.title')}</h2>
            <p className="md muted">{t('waiting.text', { total: format.money(order.quote.total) })}</p>
          </div>
        </div>
        {url === null ? null : (
          <div className="stack s2">
            <p className="muted">{t('waiting.link')}</p>
            <div className="code-row">
              <a className="code" href={url} target="_blank" rel="noreferrer">
                {url}
              </a>
              <CopyButton text={url} name={t('waiting.linkName')} />
            </div>
          </div>
        )}
        <div className="hero-acts wrap">
          <Button
            size="large"
            kind="primary"
            label={t('waiting.paid')}
            working={payment.check.running}
            onClick={() => void payment.check.run()}
          />
          <Button
            size="large"
            end="external"
            label={t('waiting.openAgain')}
            working={payment.open.running}
            onClick={() => void payment.open.run(false)}
          />
          <Button
            size="large"
            kind="ghost"
            label={t('waiting.cancel')}
            working={payment.cancel.running}
            onClick={() => void payment.cancel.run()}
          />
        </div>
        <FailureNote failure={payment.check.failure ?? payment.open.failure ?? payment.cancel.failure} />
        <p className="safe">
          <Icon name="lock" className="s" />
          {t('waiting.safe', { time: format.moment(order.expiresAt) })}
        </p>
      </section>
      <div className="stack">
        <Card title={t('renewal.happened')}>
          <div className="card-body">
            <Chain
              form="small"
              steps={[
                {
                  key: 'made',
                  state: 'ok',
                  title: t('renewal.made'),
                  meta: format.time(order.createdAt),
                  text: <span className="mono">{order.number}</span>,
                },
                { key: 'page', state: 'run', title: t('renewal.pageOpen'), text: t('waiting.inBrowser') },
                { key: 'paid', state: 'wait', title: t('renewal.paid') },
                { key: 'renewed', state: 'wait', title: t('renewal.title') },
              ]}
            />
          </div>
        </Card>
        <OrderCard order={order} />
      </div>
    </div>
  );
}
