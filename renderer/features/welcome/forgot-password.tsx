import { useState, type FormEvent, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Banner } from '#renderer/ui/surfaces.tsx';
import { WelcomeTitle } from './welcome-title.tsx';

/** Asking for the mailed link. The answer is the same whether the account exists or not. */
export function ForgotPassword(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [login, setLogin] = useState('');
  const [tried, setTried] = useState(false);
  const [validMinutes, setValidMinutes] = useState<number | null>(null);
  const ask = useAction((input: { readonly login: string }) => desk.client.account.forgotPassword(input));
  const send = async (): Promise<void> => {
    const answer = await ask.run({ login: login.trim() });
    if (answer !== null) setValidMinutes(answer.validMinutes);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (login.trim().length < 3) return;
    void send();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <WelcomeTitle name="forgot-password" title={t('welcome.forgot.title')} text={t('welcome.forgot.text')} />
      {validMinutes === null ? (
        <>
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
          <FailureNote failure={ask.failure} />
          <Button type="submit" kind="primary" size="large" block label={t('welcome.forgot.act')} working={ask.running} />
        </>
      ) : (
        <Banner tone="ok" icon="mail" title={t('welcome.forgot.sentTitle')}>
          {t('welcome.forgot.sent', { count: validMinutes })}
        </Banner>
      )}
      <p className="center muted">
        <Link href="/">{t('welcome.forgot.back')}</Link>
      </p>
    </form>
  );
}
