import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Order } from '#contract/account/index.ts';
import type { Renewal } from '#contract/desk/account.ts';
import { useDesk, useMessages, useNow } from '#renderer/app/desk.tsx';
import type { Intent } from '#renderer/app/intent.ts';
import { useAction } from '#renderer/app/use-action.ts';
import { calendarDays } from '#renderer/features/home/forecast.ts';
import { Timeline } from '#renderer/features/plan/timeline.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { Icon, type IconName } from '#renderer/ui/icon.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Card, Facts, Tile, type BadgeTone, type Fact } from '#renderer/ui/surfaces.tsx';
import { provenPlaces } from './phase.ts';
import { usePaymentMethod } from './use-payment-method.ts';
import { useProofSteps } from './use-proof-steps.tsx';
import '#renderer/features/plan/plan.css';

/** Paid: the four ticks arrive one by one when each is really known, then before and after, the receipt, and to whom it was sent. */
export function RenewalResult({ renewal }: { readonly renewal: Renewal }): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const now = useNow();
  const steps = useProofSteps(renewal);
  const { order } = renewal;
  const verified = renewal.phase === 'verified';
  const until = order.after?.validUntil ?? order.quote.newEnd;
  const check = useAction(() => desk.client.renewal.check({ orderId: order.orderId }));
  const places = provenPlaces(renewal);
  return (
    <>
      <section className="card hero" data-phase={renewal.phase}>
        <div className="hero-head">
          <span className={`seal ${verified ? '' : 'run'}`}>
            <Icon name={verified ? 'check' : 'refresh'} className={verified ? '' : 'spin'} />
          </span>
          <div className="grow" role="status">
            <h2 className="display">{verified ? t('result.title', { date: format.date(until) }) : t('result.applying')}</h2>
            <p className="md muted">{verified ? t('result.text', { count: places }) : t('result.applyingText')}</p>
          </div>
          {verified ? (
            <Button kind="primary" size="large" label={t('result.done')} onClick={() => navigate('/')} />
          ) : (
            <div className="hero-acts">
              <Button size="large" label={t('result.check')} working={check.running} onClick={() => void check.run()} />
              <Button
                size="large"
                kind="ghost"
                label={t('expired.support')}
                onClick={() => navigate('/support', { state: { subject: 'payment', orderId: order.orderId } satisfies Intent })}
              />
            </div>
          )}
        </div>
        <FailureNote failure={check.failure} />
        <Chain form="result" label={t('result.chain')} steps={steps} />
      </section>
      <div className="three">
        <BeforeAndAfter order={order} now={now} />
        <Receipt order={order} />
        <SentToYou order={order} />
      </div>
      <Card title={t('result.overTime')}>
        <div className="card-body">
          <Timeline done currentEnd={order.before.validUntil} newEnd={until} now={now} />
        </div>
      </Card>
    </>
  );
}

function BeforeAndAfter({ order, now }: { readonly order: Order; readonly now: Date }): ReactNode {
  const { t, format } = useWords();
  const { before, after } = order;
  const days = (end: string | null | undefined): string =>
    end === null || end === undefined ? '–' : t('result.days', { count: Math.max(0, calendarDays(now, new Date(end))) });
  const day = (end: string | null | undefined): string => (end === null || end === undefined ? '–' : format.dateShort(end));
  const data = (bytes: number | null | undefined): string => (bytes === null || bytes === undefined ? '–' : format.size(bytes));
  const minutes = (count: number | null | undefined): string =>
    count === null || count === undefined ? '–' : t('result.minutes', { amount: format.integer(count) });
  const rows = [
    [t('result.endDate'), day(before.validUntil), day(after?.validUntil)],
    [t('home.timeLeft'), days(before.validUntil), days(after?.validUntil)],
    [t('home.dataLeft'), data(before.dataLeft), data(after?.dataLeft)],
    [t('home.minutesLeft'), minutes(before.voiceLeft), minutes(after?.voiceLeft)],
  ] as const;
  return (
    <Card title={t('result.beforeAfter')}>
      <div className="card-body">
        <table className="change">
          <tbody>
            {rows.map(([name, from, to]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="muted num">{from}</td>
                <td className="arrow">
                  <Icon name="right" className="s" />
                </td>
                <td>{after === null ? <span className="faint">{t('result.notYet')}</span> : <strong>{to}</strong>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Receipt({ order }: { readonly order: Order }): ReactNode {
  const { t, format } = useWords();
  const method = usePaymentMethod();
  const { quote } = order;
  const facts: Fact[] = [
    [
      t('orders.order'),
      <span key="number" className="mono">
        {order.number}
      </span>,
    ],
  ];
  if (order.paidAt !== null) facts.push([t('receipt.paid'), format.moment(order.paidAt)]);
  if (order.paymentMethod !== null) facts.push([t('receipt.method'), method(order.paymentMethod)]);
  if (quote.promotion !== null) {
    facts.push([
      quote.promotion.code,
      format.money({ ...quote.promotion.discount, amountMinor: -Math.abs(quote.promotion.discount.amountMinor) }),
    ]);
  }
  facts.push(
    [t('review.tax', { percent: quote.taxPercent }), format.money(quote.taxIncluded)],
    [t('review.total'), format.money(quote.total)],
  );
  return (
    <Card title={t('receipt.title')}>
      <div className="card-body">
        <Facts form="total" facts={facts} />
      </div>
    </Card>
  );
}

const messageTones: Readonly<Record<Order['messages'][number]['state'], BadgeTone>> = { queued: 'info', sent: 'ok', failed: 'bad' };
const messageIcons: Readonly<Record<Order['messages'][number]['channel'], IconName>> = { mail: 'mail', sms: 'sms' };

/** With the text message as it arrived, where the line is in a modem of this computer. */
function SentToYou({ order }: { readonly order: Order }): ReactNode {
  const { t, format } = useWords();
  const arrived = useMessages().value?.messages.find(({ orderNumber }) => orderNumber === order.number);
  return (
    <Card title={t('sent.title')}>
      {order.messages.length === 0 ? (
        <p className="card-body muted">{t('sent.none')}</p>
      ) : (
        <ul className="list sent">
          {order.messages.map((message) => (
            <li key={`${message.channel} ${message.to}`}>
              <Tile tone={message.state === 'sent' ? 'ok' : 'neutral'} icon={messageIcons[message.channel]} />
              <div className="what">
                <strong>{message.to}</strong>
                <p>
                  {message.channel === 'sms' && arrived !== undefined
                    ? t('sent.arrived', { time: format.moment(arrived.at) })
                    : t(`sent.${message.channel}`)}
                </p>
              </div>
              <Badge tone={messageTones[message.state]}>{t(`sent.state.${message.state}`)}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
