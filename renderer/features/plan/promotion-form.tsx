import { useState, type FormEvent, type ReactNode } from 'react';
import type { Promotion, Quote } from '#contract/account/index.ts';
import type { Failure } from '#renderer/app/failure.ts';
import type { Answer } from '#renderer/app/use-action.ts';
import { usePromotionTitle } from '#renderer/features/home/promotion-card.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { Icon } from '#renderer/ui/icon.tsx';

/** Whether a failure is about the code and not about the quote as a whole. */
export function isPromotionFailure(failure: Failure | null): boolean {
  return failure?.code === 'PROMOTION_UNKNOWN' || failure?.code === 'PROMOTION_NOT_APPLICABLE';
}

/** A promotion code: applied by the service, with a good or a bad hint. */
export function PromotionForm(props: {
  readonly code: string | null;
  readonly onCode: (code: string | null) => void;
  readonly quote: Answer<Quote | null>;
  readonly promotions: readonly Promotion[];
}): ReactNode {
  const { t, format } = useWords();
  const title = usePromotionTitle();
  const { code, quote } = props;
  const [text, setText] = useState(code ?? '');
  const applied = quote.value?.promotion ?? null;
  const known = props.promotions.find((promotion) => promotion.code === applied?.code);
  const bad = code !== null && isPromotionFailure(quote.failure);
  const hint =
    bad && quote.failure !== null
      ? t(`errors:${quote.failure.code}.sentence`)
      : applied === null
        ? undefined
        : known === undefined
          ? t('promotion.applied', { amount: format.money(applied.discount) })
          : known.endsAt === null
            ? title(known)
            : t('promotion.appliedUntil', { title: title(known), date: format.date(known.endsAt) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const trimmed = text.trim();
    props.onCode(trimmed === '' ? null : trimmed);
  };
  const remove = (): void => {
    setText('');
    props.onCode(null);
  };
  return (
    <form className="code-form" onSubmit={submit}>
      <Field
        label={t('promotion.code')}
        name="promotionCode"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        icon="tag"
        value={text}
        onValue={setText}
        end={applied === null ? null : <Icon name="check" className="success-text" />}
        {...(hint === undefined ? {} : { hint })}
        {...(bad ? { tone: 'bad' } : applied === null ? {} : { tone: 'good' })}
      />
      {applied !== null && text.trim() === code ? (
        <Button kind="ghost" label={t('promotion.remove')} onClick={remove} />
      ) : (
        <Button
          type="submit"
          label={t('promotion.apply')}
          disabled={text.trim() === ''}
          working={code !== null && quote.value === null && quote.failure === null}
        />
      )}
    </form>
  );
}
