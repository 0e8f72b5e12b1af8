import { useState, type ReactNode } from 'react';
import { useAccount } from '#renderer/app/desk.tsx';
import { Screen } from '#renderer/app/screen.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card, Facts, type Fact } from '#renderer/ui/surfaces.tsx';
import { ChangePassword } from './change-password.tsx';
import { DataCard } from './data-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

/** What a person can do about the account itself: its password, where it is signed in, what is stored, and its end. */
export function AccountScreen(): ReactNode {
  const { t } = useWords();
  // A new password ends the other sessions: the list is then asked for anew.
  const [passwords, setPasswords] = useState(0);
  return (
    <Screen name="account" title={t('account.title')} back={{ path: '/settings', label: t('settings.title') }}>
      <div className="single">
        <SignInCard onPassword={() => setPasswords(passwords + 1)} />
        <SessionsCard key={passwords} />
        <DataCard />
      </div>
    </Screen>
  );
}

function SignInCard(props: { readonly onPassword: () => void }): ReactNode {
  const { t } = useWords();
  const [changing, setChanging] = useState(false);
  const holder = useAccount().value?.account ?? null;
  if (holder === null) return null;
  const facts: Fact[] = [
    ...(holder.email === null ? [] : ([[t('settings.email'), holder.email]] as const)),
    ...(holder.phone === null ? [] : ([[t('settings.phone'), holder.phone]] as const)),
  ];
  return (
    <Card
      title={t('account.signIn')}
      actions={<Button size="compact" label={t('account.password.title')} onClick={() => setChanging(true)} />}
    >
      <div className="card-body">
        <Facts facts={facts} />
      </div>
      {changing ? <ChangePassword onClose={() => setChanging(false)} onDone={props.onPassword} /> : null}
    </Card>
  );
}
