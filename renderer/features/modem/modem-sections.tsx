import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { modemSections, pathOfModem, type ModemSection } from '#renderer/app/navigation.ts';
import { useWords } from '#renderer/i18n/words.tsx';

/** The parts of a modem's page. They are links of one screen: "back" leaves it from whichever part. */
export function ModemSections({ deviceId, present }: { readonly deviceId: string; readonly present: ModemSection }): ReactNode {
  const { t } = useWords();
  return (
    <nav className="sections" aria-label={t('modem.sections.label')}>
      {modemSections.map((section) => (
        <Link key={section} href={pathOfModem(deviceId, section)} replace aria-current={section === present ? 'page' : undefined}>
          {t(`modem.sections.${section}`)}
        </Link>
      ))}
    </nav>
  );
}
