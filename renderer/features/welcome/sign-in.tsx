import { useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useAccount, useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Choice, Tile } from '#renderer/ui/surfaces.tsx';
import { WelcomeTitle } from './welcome-title.tsx';

/** Signing in by e-mail address or phone number; in the trial a sample account is one press away. */
export function SignIn(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const account = useAccount().value;
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const signIn = useAction((input: { readonly login: string; readonly password: string }) => desk.client.account.signIn(input));
  const sample = account?.service?.sample ?? null;

  const enter = async (input: { readonly login: string; readonly password: string }): Promise<void> => {
    // Whoever asked to see devices, and then signs in, comes to the screen that was asked for.
    if ((await signIn.run(input)) !== null) desk.withoutAccount.set(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const incomplete = login.trim().length < 3 || password === '';
    setMissing(incomplete);
    if (!incomplete) void enter({ login: login.trim(), password });
  };
  const useSample = (): void => {
    if (sample === null) return;
    setLogin(sample.login);
    setPassword(sample.password);
    setMissing(false);
    void enter(sample);
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <WelcomeTitle name="sign-in" title={t('welcome.signIn.title')} text={t('welcome.signIn.text')} />
      <Field
        large
        label={t('welcome.login')}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={login}
        onValue={setLogin}
        {...(missing && login.trim().length < 3 ? { tone: 'bad', hint: t('welcome.loginMissing') } : {})}
      />
      <Field
        large
        label={t('welcome.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
        aside={<Link href="/forgot-password">{t('welcome.signIn.forgot')}</Link>}
        {...(missing && password === '' ? { tone: 'bad', hint: t('welcome.passwordMissing') } : {})}
      />
      <FailureNote failure={signIn.failure} />
      <Button type="submit" kind="primary" size="large" block label={t('welcome.signIn.act')} working={signIn.running} />
      <p className="center muted">
        {t('welcome.signIn.newHere')} <Link href="/register">{t('welcome.signIn.register')}</Link>
      </p>
      <hr />
      {sample === null ? null : (
        <button type="button" className="choice" onClick={useSample}>
          <Tile tone="accent" icon="play" />
          <span className="what">
            <strong className="row s2">
              {t('welcome.sample.title')} <Badge tone="warn">{t('welcome.sample.badge')}</Badge>
            </strong>
            <small>{t('welcome.sample.text', { login: sample.login })}</small>
          </span>
        </button>
      )}
      <Choice
        icon="reader"
        title={t('welcome.devicesOnly.title')}
        text={t('welcome.devicesOnly.text')}
        end="chevron"
        onClick={() => {
          desk.withoutAccount.set(true);
          navigate('/devices');
        }}
      />
    </form>
  );
}
