import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Device, EuiccOverview } from '#contract/desk/devices.ts';
import { useOutbox, useSettings } from '#renderer/app/desk.tsx';
import { pathOfEuicc } from '#renderer/app/navigation.ts';
import { chipAddress } from '#renderer/features/add-profile/chips.ts';
import { notificationRows } from '#renderer/features/notifications/notification-rows.ts';
import { writeEid } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Facts, Mono, type Fact } from '#renderer/ui/surfaces.tsx';

/** The chip itself: its EID, who made it, how much room is left, and what it still has to tell to its providers. The rest is on its page. */
export function ChipHead({ device, euicc }: { readonly device: Device; readonly euicc: EuiccOverview }): ReactNode {
  const { t, format, language } = useWords();
  const [, navigate] = useLocation();
  const technician = useSettings().value?.technicianMode === true;
  const untold = notificationRows(euicc, useOutbox().value ?? []).filter(({ state }) => state !== 'delivered').length;
  const maker = euicc.product?.[language] ?? euicc.manufacturer?.name?.[language] ?? null;
  const facts: Fact[] = [
    ...(maker === null ? [] : [[t('profiles.maker'), maker] as const]),
    ['SGP.22', `v${euicc.svn}`],
    [t('profiles.freeMemory'), euicc.freeMemory === null ? '–' : format.memory(euicc.freeMemory)],
    [t('profiles.notifications'), untold === 0 ? t('profiles.noNotifications') : t('profiles.toSend', { count: untold })],
    [t('profiles.readAt'), device.state === 'ready' ? format.time(euicc.readAt) : t('ui.asOf', { time: format.time(euicc.readAt) })],
  ];
  if (technician) {
    facts.push(
      ['ISD-R', <Mono key="isdr">{euicc.isdrAid}</Mono>],
      [t('devices.firmware'), <Mono key="firmware">{euicc.firmwareVersion}</Mono>],
    );
  }
  return (
    <section className="card chip-head">
      <div className="eid">
        <span className="sub">EID</span>
        <p className="mono">{writeEid(euicc.eid)}</p>
        <CopyButton text={euicc.eid} name="EID" />
      </div>
      <Facts form="cols" facts={facts} />
      <Button
        size="compact"
        end="chevron"
        label={t('profiles.details')}
        onClick={() => navigate(pathOfEuicc(chipAddress({ device, euicc })))}
      />
    </section>
  );
}
