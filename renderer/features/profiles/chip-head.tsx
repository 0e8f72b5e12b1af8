import type { ReactNode } from 'react';
import type { Device, EuiccOverview } from '#contract/desk/devices.ts';
import { useSettings } from '#renderer/app/desk.tsx';
import { writeEid } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Facts, Mono, type Fact } from '#renderer/ui/surfaces.tsx';

/** The chip itself: its EID, what it speaks, how much room is left, and what it still has to tell to its providers. */
export function ChipHead({ device, euicc }: { readonly device: Device; readonly euicc: EuiccOverview }): ReactNode {
  const { t, format } = useWords();
  const technician = useSettings().value?.technicianMode === true;
  const facts: Fact[] = [
    ['SGP.22', `v${euicc.svn}`],
    [t('profiles.freeMemory'), euicc.freeMemory === null ? '–' : format.memory(euicc.freeMemory)],
    [
      t('profiles.notifications'),
      euicc.notifications.length === 0 ? t('profiles.noNotifications') : t('profiles.toSend', { count: euicc.notifications.length }),
    ],
    [t('profiles.readAt'), device.state === 'ready' ? format.time(euicc.readAt) : t('ui.asOf', { time: format.time(euicc.readAt) })],
  ];
  if (technician) {
    facts.push(
      ['ISD-R', <Mono key="isdr">{euicc.isdrAid}</Mono>],
      [t('devices.firmware'), <Mono key="firmware">{euicc.firmwareVersion}</Mono>],
      [
        'SM-DP+',
        euicc.defaultSmdpAddress === null || euicc.defaultSmdpAddress === '' ? '–' : <Mono key="smdp">{euicc.defaultSmdpAddress}</Mono>,
      ],
      ['SM-DS', <Mono key="smds">{euicc.rootSmdsAddress}</Mono>],
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
    </section>
  );
}
