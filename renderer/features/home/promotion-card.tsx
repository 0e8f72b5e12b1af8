import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Promotion } from '#contract/account/index.ts';
import type { Period } from '#contract/common.ts';
import type { Intent } from '#renderer/app/intent.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card, Tile } from '#renderer/ui/surfaces.tsx';

/** As many periods as there are: a promotion for all of them names none. */
const everyPeriod = Object.keys({ month: true, quarter: true, year: true } satisfies Record<Period, true>).length;

/** A promotion with its end; "use" takes it to the options of the line. */
export function PromotionCard({ promotion }: { readonly promotion: Promotion }): ReactNode {
  const { t, format } = useWords();
  const [, navigate] = useLocation();
  const first = promotion.periods[0];
  const intent: Intent = { promotionCode: promotion.code, ...(first === undefined ? {} : { period: first }) };
  return (
    <Card>
      <div className="promo">
        <Tile tone="accent" icon="gift" />
        <div className="grow">
          <h2>{usePromotionTitle()(promotion)}</h2>
          <p className="muted">
            {promotion.endsAt === null ? t('promotion.open') : t('promotion.until', { date: format.date(promotion.endsAt) })}
          </p>
        </div>
      </div>
      <div className="card-foot">
        <b>{promotion.code}</b>
        <Button size="compact" label={t('promotion.use')} onClick={() => navigate('/plan', { state: intent })} />
      </div>
    </Card>
  );
}

/** "10% off 3 months": what a promotion gives, and for which periods. */
export function usePromotionTitle(): (promotion: Promotion) => string {
  const { t, format } = useWords();
  return ({ percentOff, amountOff, periods }) => {
    const amount = percentOff !== null ? `${percentOff}%` : amountOff !== null ? format.money(amountOff) : '';
    if (periods.length === 0 || periods.length === everyPeriod) return t('promotion.onAny', { amount });
    return t('promotion.onPeriod', { amount, period: format.either(periods.map((name) => t(`period.${name}`))) });
  };
}
