import type { ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Meter, type Tone } from '#renderer/ui/figures.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { passwordStrength, shortestPassword, type PasswordStrength } from './password-strength.ts';

const tones: Readonly<Record<PasswordStrength, Tone>> = { 0: 'danger', 1: 'danger', 2: 'warning', 3: 'success' };
const names = { 0: 'short', 1: 'weak', 2: 'fair', 3: 'strong' } as const;

/** A password that is being chosen, with how hard it is to guess. `tried`: the person wanted to go on with it as it stands. */
export function NewPassword(props: {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly tried: boolean;
  readonly large?: boolean;
}): ReactNode {
  const { t } = useWords();
  const { value, onValue, tried, large = false } = props;
  const strength = passwordStrength(value);
  const words = t(`welcome.strength.${names[strength]}`, { count: shortestPassword });
  return (
    <div className="stack s2">
      <Field
        large={large}
        label={t('welcome.register.newPassword')}
        name="newPassword"
        type="password"
        autoComplete="new-password"
        value={value}
        onValue={onValue}
        {...(value === '' && !tried
          ? { hint: t('welcome.strength.short', { count: shortestPassword }) }
          : { hint: words, ...(tried && strength === 0 ? { tone: 'bad' } : {}) })}
      />
      <Meter value={strength} max={3} tone={tones[strength]} label={words} />
    </div>
  );
}
