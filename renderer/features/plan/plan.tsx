import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Line, Promotion, RenewalOption } from '#contract/account/index.ts';
import type { Period } from '#contract/common.ts';
import { useAccount, useDesk, useLine, useNow } from '#renderer/app/desk.tsx';
import { useIntent, type Intent } from '#renderer/app/intent.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAnswer } from '#renderer/app/use-action.ts';
import { writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { Empty, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { Orders } from './orders.tsx';
import { PeriodOptions } from './period-options.tsx';
import { PromotionForm } from './promotion-form.tsx';
import { Review } from './review.tsx';
import { Timeline } from './timeline.tsx';
import './plan.css';

/** Plan & renewal: which period, with which code, for which price, until when; and what was ordered before. */
export function Plan(): ReactNode {
  const { t } = useWords();
  const account = useAccount().value;
  const line = useLine();
  const [, navigate] = useLocation();
  return (
    <Screen
      name="plan"
      title={line === null ? t('plan.title') : t('plan.renewTitle', { plan: line.plan.name })}
      sub={line === null ? undefined : writePhone(line.msisdn)}
    >
      {line === null ? (
        <Card>
          {account === null || account.asOf === null ? (
            <Skeleton />
          ) : (
            <Empty title={t('plan.noLine.title')} text={t('plan.noLine.text')}>
              <Button kind="primary" label={t('plan.noLine.act')} onClick={() => navigate('/')} />
            </Empty>
          )}
        </Card>
      ) : (
        <RenewalOptions key={line.lineId} line={line} />
      )}
      <Orders orders={account?.orders ?? []} />
    </Screen>
  );
}

function RenewalOptions({ line }: { readonly line: Line }): ReactNode {
  const desk = useDesk();
  const answer = useAnswer(line.lineId, (signal) => desk.client.renewal.options({ lineId: line.lineId }, { signal }));
  if (answer.failure !== null) {
    return (
      <Card>
        <FailureRow failure={answer.failure} onRetry={answer.again} />
      </Card>
    );
  }
  if (answer.value === null) {
    return (
      <Card>
        <Skeleton />
      </Card>
    );
  }
  return <Choose line={line} options={answer.value.options} promotions={answer.value.promotions} />;
}

/** The option to begin with: the period asked for, else the quarter, else whatever there is. */
function firstOption(options: readonly RenewalOption[], wanted: Period | undefined): RenewalOption | undefined {
  return options.find(({ period }) => period === (wanted ?? 'quarter')) ?? options[0];
}

function Choose(props: {
  readonly line: Line;
  readonly options: readonly RenewalOption[];
  readonly promotions: readonly Promotion[];
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const now = useNow();
  const intent = useIntent();
  const [, navigate] = useLocation();
  const { line, options } = props;
  const [period, setPeriod] = useState<Period | undefined>(() => firstOption(options, intent.period)?.period);
  const [code, setCode] = useState<string | null>(intent.promotionCode ?? null);
  const option = options.find((candidate) => candidate.period === period);
  const key = JSON.stringify([line.lineId, option?.planId, period, code]);
  const quote = useAnswer(key, async (signal) => {
    if (option === undefined) return null;
    return desk.client.renewal.quote(
      { lineId: line.lineId, planId: option.planId, period: option.period, promotionCode: code },
      { signal },
    );
  });
  if (option === undefined) {
    return (
      <Card>
        <Empty title={t('plan.noOptions.title')} text={t('plan.noOptions.text')}>
          <Button
            kind="primary"
            label={t('plan.ask')}
            onClick={() => navigate('/support', { state: { subject: 'plan' } satisfies Intent })}
          />
        </Empty>
      </Card>
    );
  }
  return (
    <div className="two wide-left">
      <div className="stack">
        <Card>
          <div className="card-body full">
            <Timeline currentEnd={option.currentEnd} newEnd={option.newEnd} now={now} />
          </div>
        </Card>
        <PeriodOptions options={options} value={option.period} onChange={setPeriod} />
        <Card>
          <div className="card-body full">
            <PromotionForm code={code} onCode={setCode} quote={quote} promotions={props.promotions} />
          </div>
        </Card>
        <p className="muted row s2">
          <Icon name="support" className="s" />
          {t('plan.noneFits')}
          <Button
            kind="link"
            size="compact"
            label={t('plan.ask')}
            onClick={() => navigate('/support', { state: { subject: 'plan' } satisfies Intent })}
          />
        </p>
      </div>
      <Review line={line} option={option} quote={quote} withoutCode={() => setCode(null)} />
    </div>
  );
}
