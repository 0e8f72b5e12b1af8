import type { ReactNode } from 'react';
import { useDevices, useOutbox } from '#renderer/app/desk.tsx';
import { Screen } from '#renderer/app/screen.tsx';
import { chipKey, chipName, chipsOf } from '#renderer/features/add-profile/chips.ts';
import { writeEid } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Empty, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { absentCards, notificationRows } from './notification-rows.ts';
import { NotificationsCard } from './notifications-card.tsx';

/** What every chip has to tell, those that are not here included: what was taken off them is still delivered. */
export function NotificationsScreen(): ReactNode {
  const { t } = useWords();
  const devices = useDevices();
  const outbox = useOutbox();
  const entries = outbox.value ?? [];
  const failure = devices.failure ?? outbox.failure;
  const chips = devices.value === null ? [] : chipsOf(devices.value);
  const speaking = chips.filter(({ euicc }) => notificationRows(euicc, entries).length > 0);
  const absent = absentCards(
    chips.map(({ euicc }) => euicc),
    entries,
  );
  return (
    <Screen name="notifications" title={t('notifications.title')} back={{ path: '/devices', label: t('devices.title') }}>
      {devices.value === null || outbox.value === null ? (
        <Card>{failure === null ? <Skeleton /> : <FailureRow failure={failure} />}</Card>
      ) : speaking.length === 0 && absent.length === 0 ? (
        <Card>
          <Empty title={t('notifications.none')} text={t('notifications.noneText')} />
        </Card>
      ) : (
        <>
          {speaking.map((chip) => (
            <NotificationsCard key={chipKey(chip)} chip={chip.euicc} carrier={chip} title={chipName(chip, t)} />
          ))}
          {absent.map((chip) => (
            <NotificationsCard key={chip.eid} chip={chip} carrier={null} title={t('notifications.absent', { eid: writeEid(chip.eid) })} />
          ))}
        </>
      )}
    </Screen>
  );
}
