import { useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Meter, type Tone } from '#renderer/ui/figures.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { passwordStrength, shortestPassword, type PasswordStrength } from './password-strength.ts';
import { WelcomeTitle } from './welcome-title.tsx';

const tones: Readonly<Record<PasswordStrength, Tone>> = { 0: 'danger', 1: 'danger', 2: 'warning', 3: 'success' };
const names = { 0: 'short', 1: 'weak', 2: 'fair', 3: 'strong' } as const;

/** Opening an account: the person is signed in at once. */
export function Register(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const register = useAction((input: { readonly login: string; readonly password: string }) => desk.client.account.register(input));
  const strength = passwordStrength(password);
  const strengthText = t(`welcome.strength.${names[strength]}`, { count: shortestPassword });
  const open = async (): Promise<void> => {
    if ((await register.run({ login: login.trim(), password })) === null) return;
    desk.withoutAccount.set(false);
    navigate('/');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (login.trim().length < 3 || strength === 0) return;
    void open();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <WelcomeTitle name="register" title={t('welcome.register.title')} text={t('welcome.register.text')} />
      <Field
        large
        label={t('welcome.login')}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={login}
        onValue={setLogin}
        {...(tried && login.trim().length < 3 ? { tone: 'bad', hint: t('welcome.loginMissing') } : {})}
      />
      <div className="stack s2">
        <Field
          large
          label={t('welcome.register.newPassword')}
          name="password"
          type="password"
          autoComplete="new-password"
          value={password}
          onValue={setPassword}
          {...(password === '' && !tried
            ? { hint: t('welcome.strength.short', { count: shortestPassword }) }
            : { hint: strengthText, ...(tried && strength === 0 ? { tone: 'bad' } : {}) })}
        />
        <Meter value={strength} max={3} tone={tones[strength]} label={strengthText} />
      </div>
      <FailureNote failure={register.failure} />
      <Button type="submit" kind="primary" size="large" block label={t('welcome.register.act')} working={register.running} />
      <p className="center muted">
        {t('welcome.register.haveOne')} <Link href="/">{t('welcome.signIn.act')}</Link>
      </p>
    </form>
  );
}
