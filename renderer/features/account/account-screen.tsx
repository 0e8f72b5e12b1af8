import { useState, type ReactNode } from 'react';
import { Screen } from '#renderer/app/screen.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { AddressesCard } from './addresses-card.tsx';
import { DataCard } from './data-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

/** What a person can do about the account itself: addresses and password, where it is signed in, what is stored, and its end. */
export function AccountScreen(): ReactNode {
  const { t } = useWords();
  // A new password ends the other sessions: the list is then asked for anew.
  const [passwords, setPasswords] = useState(0);
  return (
    <Screen name="account" title={t('account.title')} back={{ path: '/settings', label: t('settings.title') }}>
      <div className="single">
        <AddressesCard onPassword={() => setPasswords(passwords + 1)} />
        <SessionsCard key={passwords} />
        <DataCard />
      </div>
    </Screen>
  );
}
