import { useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { NewPassword } from './new-password.tsx';
import { passwordStrength } from './password-strength.ts';
import { WelcomeTitle } from './welcome-title.tsx';

/** Opening an account: the person is signed in at once. */
export function Register(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const register = useAction((input: { readonly login: string; readonly password: string }) => desk.client.account.register(input));
  const open = async (): Promise<void> => {
    if ((await register.run({ login: login.trim(), password })) === null) return;
    desk.withoutAccount.set(false);
    navigate('/');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (login.trim().length < 3 || passwordStrength(password) === 0) return;
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
      <NewPassword large value={password} onValue={setPassword} tried={tried} />
      <FailureNote failure={register.failure} />
      <Button type="submit" kind="primary" size="large" block label={t('welcome.register.act')} working={register.running} />
      <p className="center muted">
        {t('welcome.register.haveOne')} <Link href="/">{t('welcome.signIn.act')}</Link>
      </p>
    </form>
  );
}
