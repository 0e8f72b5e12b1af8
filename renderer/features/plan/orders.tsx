import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Order } from '#contract/account/index.ts';
import { pathOfOrder } from '#renderer/app/navigation.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Empty } from '#renderer/ui/states.tsx';
import { Badge, Card, type BadgeTone } from '#renderer/ui/surfaces.tsx';

const tones: Readonly<Record<Order['state'], BadgeTone>> = {
  open: 'warn',
  paid: 'info',
  fulfilled: 'info',
  verified: 'ok',
  cancelled: 'neutral',
  expired: 'neutral',
  refunded: 'neutral',
};

/** Every order of the account, newest first; each leads to its own screen with the receipt. */
export function Orders({ orders }: { readonly orders: readonly Order[] }): ReactNode {
  const { t, format } = useWords();
  return (
    <Card title={t('orders.title')}>
      {orders.length === 0 ? (
        <Empty title={t('orders.none')} text={t('orders.noneText')} />
      ) : (
        <table>
          <thead>
            <tr>
              <th>{t('orders.number')}</th>
              <th>{t('orders.date')}</th>
              <th>{t('orders.what')}</th>
              <th className="hide-narrow">{t('plan.newEnd')}</th>
              <th>{t('orders.state')}</th>
              <th className="num">{t('review.total')}</th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <tr key={order.orderId}>
                <td>
                  <Link className="mono" href={pathOfOrder(order.orderId)}>
                    {order.number}
                  </Link>
                </td>
                <td>{format.dateShort(order.createdAt)}</td>
                <td>{t(`period.${order.quote.period}`)}</td>
                <td className="hide-narrow">{format.dateShort(order.after?.validUntil ?? order.quote.newEnd)}</td>
                <td>
                  <Badge tone={tones[order.state]}>{t(`orders.states.${order.state}`)}</Badge>
                </td>
                <td className="num">{format.money(order.quote.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
