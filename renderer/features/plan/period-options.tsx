import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import type { RenewalOption } from '#contract/account/index.ts';
import type { Period } from '#contract/common.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Badge } from '#renderer/ui/surfaces.tsx';
import { useAdded } from './use-added.ts';

/** One card a period: the price a month, the total, the new end date and what is added. */
export function PeriodOptions(props: {
  readonly options: readonly RenewalOption[];
  readonly value: Period;
  readonly onChange: (period: Period) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <RadioGroup
      className="options"
      aria-label={t('plan.period')}
      value={props.value}
      onValueChange={(value: unknown) => {
        const chosen = props.options.find(({ period }) => period === value);
        if (chosen !== undefined) props.onChange(chosen.period);
      }}
    >
      {props.options.map((option) => (
        <OptionCard key={option.period} option={option} chosen={option.period === props.value} />
      ))}
    </RadioGroup>
  );
}

function OptionCard({ option, chosen }: { readonly option: RenewalOption; readonly chosen: boolean }): ReactNode {
  const { t, format } = useWords();
  const added = useAdded();
  return (
    <label className={`option ${chosen ? 'on' : ''}`} data-period={option.period}>
      <span className="option-head">
        <Radio.Root value={option.period} className="radio" />
        <strong>{t(`period.${option.period}`)}</strong>
        {option.savingPercent > 0 ? (
          <Badge tone={chosen ? 'accent' : 'neutral'}>{t('plan.saving', { percent: option.savingPercent })}</Badge>
        ) : null}
      </span>
      <span className="option-price">
        <b>{format.money(option.perMonth)}</b>
        <span>{t('plan.aMonth')}</span>
      </span>
      <span className="muted">{t('plan.inTotal', { total: format.money(option.total) })}</span>
      <span className="option-end">
        <span className="faint">{t('plan.newEnd')}</span>
        <strong>{format.dateShort(option.newEnd)}</strong>
      </span>
      <span className="option-adds">
        {added(option.added).map((part, index, parts) => (
          <span key={part}>
            {part}
            {index < parts.length - 1 ? t('ui.comma') : ''}
          </span>
        ))}
      </span>
    </label>
  );
}
