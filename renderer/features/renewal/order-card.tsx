import type { ReactNode } from 'react';
import type { Order } from '#contract/account/index.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Card, Facts, type Fact } from '#renderer/ui/surfaces.tsx';

/** What an unpaid order is for, and what has been charged so far: nothing. */
export function OrderCard({ order }: { readonly order: Order }): ReactNode {
  const { t, format } = useWords();
  const { quote } = order;
  const nothing = format.money({ amountMinor: 0, currency: quote.total.currency });
  const facts: Fact[] = [
    [t('review.period'), t(`period.${quote.period}`)],
    [t('plan.newEnd'), format.date(quote.newEnd)],
  ];
  if (quote.promotion !== null) {
    facts.push([
      quote.promotion.code,
      format.money({ ...quote.promotion.discount, amountMinor: -Math.abs(quote.promotion.discount.amountMinor) }),
    ]);
  }
  facts.push([t('orders.charged'), <strong key="charged">{nothing}</strong>], [t('orders.toPay'), format.money(quote.total)]);
  return (
    <Card title={t('orders.order')}>
      <div className="card-body">
        <Facts form="total" facts={facts} />
      </div>
    </Card>
  );
}
