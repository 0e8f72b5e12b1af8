import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Line, Quote, RenewalOption } from '#contract/account/index.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import type { Intent } from '#renderer/app/intent.ts';
import { pathOfOrder } from '#renderer/app/navigation.ts';
import { useAction, type Answer } from '#renderer/app/use-action.ts';
import { writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { FailureNote, Skeleton } from '#renderer/ui/states.tsx';
import { Card, Facts, type Fact } from '#renderer/ui/surfaces.tsx';
import { isPromotionFailure } from './promotion-form.tsx';

/** What would be bought, for how much, until when; and the one button that starts it. */
export function Review(props: {
  readonly line: Line;
  readonly option: RenewalOption;
  readonly quote: Answer<Quote | null>;
  readonly withoutCode: () => void;
}): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const { line, option } = props;
  const quote = props.quote.value;
  const start = useAction((input: Quote) => desk.client.renewal.start({ quote: input }));
  const pay = async (): Promise<void> => {
    if (quote === null) return;
    const started = await start.run(quote);
    if (started !== null) navigate(pathOfOrder(started.renewal.order.orderId), { state: { unopened: !started.opened } satisfies Intent });
  };
  const openOrder = start.failure?.code === 'ORDER_OPEN' ? start.failure.details['orderId'] : undefined;
  return (
    <Card className="review" title={t('review.title')}>
      <div className="card-body stack">
        <Facts
          facts={[
            [t('review.line'), writePhone(line.msisdn)],
            [t('review.plan'), line.plan.name],
            [t('review.period'), t(`period.${option.period}`)],
            [t('plan.newEnd'), <strong key="end">{format.date(option.newEnd)}</strong>],
          ]}
        />
        <hr />
        {quote === null ? props.quote.failure === null ? <Skeleton rows={1} /> : null : <Price quote={quote} />}
        {props.quote.failure === null || isPromotionFailure(props.quote.failure) ? null : (
          <>
            <FailureNote failure={props.quote.failure} />
            <Button label={t('ui.tryAgain')} onClick={props.quote.again} />
          </>
        )}
        {isPromotionFailure(props.quote.failure) ? <Button label={t('review.withoutCode')} onClick={props.withoutCode} /> : null}
        <FailureNote failure={start.failure} />
        {start.failure?.code === 'PRICE_CHANGED' ? (
          <Button
            label={t('review.newPrice')}
            onClick={() => {
              start.clear();
              props.quote.again();
            }}
          />
        ) : null}
        {typeof openOrder === 'string' ? <Button label={t('review.openOrder')} onClick={() => navigate(pathOfOrder(openOrder))} /> : null}
        <Button
          kind="primary"
          size="large"
          block
          end="external"
          label={quote === null ? t('review.payUnknown') : t('review.pay', { total: format.money(quote.total) })}
          disabled={quote === null}
          working={start.running}
          onClick={() => void pay()}
        />
        <p className="sub">{t('review.provider')}</p>
      </div>
      <div className="next">
        <h3>{t('review.after')}</h3>
        <Chain
          form="small"
          steps={[
            { key: 'account', state: 'wait', icon: 'account', title: t('review.afterAccount', { date: format.day(option.newEnd) }) },
            { key: 'carrier', state: 'wait', icon: 'carrier', title: t('review.afterCarrier') },
            { key: 'chip', state: 'wait', icon: 'chip', title: t('review.afterChip') },
            { key: 'network', state: 'wait', icon: 'network', title: t('review.afterNetwork') },
          ]}
        />
      </div>
    </Card>
  );
}

function Price({ quote }: { readonly quote: Quote }): ReactNode {
  const { t, format } = useWords();
  const facts: Fact[] = [[t(`period.${quote.period}`), format.money(quote.listPrice)]];
  if (quote.promotion !== null) {
    const { code, discount } = quote.promotion;
    facts.push([
      code,
      <span key="discount" className="success-text">
        {format.money({ ...discount, amountMinor: -Math.abs(discount.amountMinor) })}
      </span>,
    ]);
  }
  facts.push([
    t('review.tax', { percent: quote.taxPercent }),
    <span key="tax" className="muted">
      {format.money(quote.taxIncluded)}
    </span>,
  ]);
  facts.push([t('review.total'), format.money(quote.total)]);
  return <Facts form="total" facts={facts} />;
}
