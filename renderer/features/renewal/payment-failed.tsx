import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { PaymentFailure } from '#contract/errors.ts';
import type { Renewal } from '#contract/desk/account.ts';
import { useNow } from '#renderer/app/desk.tsx';
import type { Intent } from '#renderer/app/intent.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Gap } from '#renderer/ui/gap.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card, Choice } from '#renderer/ui/surfaces.tsx';
import { OrderCard } from './order-card.tsx';
import { usePayment } from './use-payment.ts';

/** A payment did not go through: first that nothing was charged, then why, then the ways on. The order stays the same. */
export function PaymentFailed({ renewal }: { readonly renewal: Renewal }): ReactNode {
  const { t, format } = useWords();
  const [, navigate] = useLocation();
  const { order } = renewal;
  const payment = usePayment(order.orderId);
  const reason: PaymentFailure = order.lastFailure?.reason ?? 'provider';
  const until = order.before.validUntil;
  const now = useNow();
  return (
    <div className="two wide-left top-align">
      <section className="card fail" data-phase="failed" data-reason={reason}>
        <div className="fail-head">
          <span className="seal bad">
            <Icon name="x" />
          </span>
          <div role="alert">
            <h2 className="display">{t(`failed.title.${reason}`)}</h2>
            <p className="md muted">
              {t(`failed.text.${reason}`)}
              <Gap />
              <b>{t('failed.nothingCharged')}</b>
              <Gap />
              {until === null || new Date(until) < now ? null : t('failed.planStill', { date: format.date(until) })}
            </p>
          </div>
        </div>
        <div className="fail-acts">
          <Choice
            accent
            icon="card"
            title={t('failed.other.title')}
            text={t('failed.other.text')}
            end="external"
            working={payment.open.running}
            onClick={() => void payment.open.run(true)}
          />
          <Choice
            icon="refresh"
            title={t('failed.again.title')}
            text={t('failed.again.text')}
            end="external"
            working={payment.open.running}
            onClick={() => void payment.open.run(false)}
          />
          <Choice
            icon="clock"
            title={t('failed.later.title')}
            text={t('failed.later.text', { time: format.moment(order.expiresAt) })}
            onClick={() => navigate('/')}
          />
          <Choice
            icon="support"
            title={t('failed.support.title')}
            text={t('failed.support.text', { number: order.number })}
            onClick={() => navigate('/support', { state: { subject: 'payment', orderId: order.orderId } satisfies Intent })}
          />
        </div>
        {payment.unopenedUrl === null ? null : (
          <div className="stack s2">
            <p className="muted">{t('waiting.link')}</p>
            <div className="code-row">
              <a className="code" href={payment.unopenedUrl} target="_blank" rel="noreferrer">
                {payment.unopenedUrl}
              </a>
              <CopyButton text={payment.unopenedUrl} name={t('waiting.linkName')} />
            </div>
          </div>
        )}
        <FailureNote failure={payment.open.failure ?? payment.check.failure ?? payment.cancel.failure} />
        <div className="safe between">
          <span className="row s2">
            <Icon name="lock" className="s" />
            {t('failed.safe')}
          </span>
          <Button
            kind="ghost"
            size="compact"
            label={t('failed.discard')}
            working={payment.cancel.running}
            onClick={() => void payment.cancel.run()}
          />
        </div>
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
                  meta: format.timeExact(order.createdAt),
                  text: <span className="mono">{order.number}</span>,
                },
                { key: 'page', state: 'ok', title: t('renewal.pageOpened'), text: t('renewal.attempts', { count: order.attempt }) },
                {
                  key: 'paid',
                  state: 'bad',
                  title: t('renewal.notPaid'),
                  text: t(`failed.title.${reason}`),
                  ...(order.lastFailure === null ? {} : { meta: format.timeExact(order.lastFailure.at) }),
                },
                { key: 'renewed', state: 'wait', title: t('renewal.title'), meta: t('renewal.notStarted') },
              ]}
            />
          </div>
        </Card>
        <OrderCard order={order} />
      </div>
    </div>
  );
}
