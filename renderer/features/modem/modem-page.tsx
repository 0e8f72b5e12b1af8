import type { ReactNode } from 'react';
import { assertNever } from '#renderer/app/assert-never.ts';
import type { ModemSection } from '#renderer/app/navigation.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Banner } from '#renderer/ui/surfaces.tsx';
import { DataSection } from './data-section.tsx';
import { MaintenanceSection } from './maintenance-section.tsx';
import { ModemSections } from './modem-sections.tsx';
import { NetworkSection } from './network-section.tsx';
import { OverviewSection } from './overview-section.tsx';
import { RadioSection } from './radio-section.tsx';
import { SignalSection } from './signal-section.tsx';
import type { ModemOf } from './usable.ts';
import { useRadio, type Radio } from './use-radio.ts';
import './modem.css';

/** A modem that has answered: one part of it at a time. While it is away, what it said last stays. */
export function ModemPage({ device, modem, section }: ModemOf & { readonly section: ModemSection }): ReactNode {
  const { t, format } = useWords();
  const away = device.state === 'reconnecting' || device.state === 'ghost';
  const radio = useRadio(device.deviceId, !away && device.state !== 'blocked');
  return (
    <>
      <ModemSections deviceId={device.deviceId} present={section} />
      {away ? (
        <Banner tone="info" icon="clock" title={t(`modem.away.${device.state === 'ghost' ? 'gone' : 'reconnecting'}`)}>
          {t('modem.away.text', { time: format.time(modem.readAt) })}
        </Banner>
      ) : null}
      <Section device={device} modem={modem} section={section} radio={radio} />
    </>
  );
}

function Section({ section, radio, ...of }: ModemOf & { readonly section: ModemSection; readonly radio: Radio }): ReactNode {
  switch (section) {
    case 'overview':
      return <OverviewSection {...of} radio={radio} />;
    case 'signal':
      return <SignalSection radio={radio} />;
    case 'network':
      return <NetworkSection {...of} />;
    case 'radio':
      return <RadioSection {...of} radio={radio} />;
    case 'data':
      return <DataSection {...of} />;
    case 'maintenance':
      return <MaintenanceSection {...of} />;
    default:
      return assertNever(section);
  }
}
