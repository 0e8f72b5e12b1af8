import type { ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Empty } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { BandsCard } from './bands-card.tsx';
import { PowerCard } from './power-card.tsx';
import { ReadPart } from './read-part.tsx';
import { TechnologiesCard } from './technologies-card.tsx';
import { isUsable, type ModemOf } from './usable.ts';
import type { Radio } from './use-radio.ts';
import { useReading } from './use-reading.ts';

/** What the radio may use. A part that the modem has no command for is not there. */
export function RadioSection({ device, modem, radio }: ModemOf & { readonly radio: Radio }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId } = device;
  const usable = isUsable(device);
  const settings = useReading({ key: deviceId, occasion: modem.registration.state, possible: usable }, (signal) =>
    desk.client.modem.radioSettings({ deviceId }, { signal }),
  );
  const inUse = (radio.report?.cells ?? []).flatMap(({ role, band }) => (role === 'neighbour' || band === null ? [] : [band]));
  const shared = { deviceId, usable, onChange: settings.put };
  if (settings.value === null)
    return (
      <Card>
        <ReadPart reading={settings}>{() => null}</ReadPart>
      </Card>
    );
  const { power, fccLocked, technologies, bands } = settings.value;
  if (power === null && fccLocked !== true && technologies === null && bands === null) {
    return (
      <Card>
        <Empty title={t('modem.radio.nothing')} text={t('modem.radio.nothingText')} />
      </Card>
    );
  }
  // A form begins anew with what the modem says now.
  return (
    <div className={bands === null ? 'stack' : 'two top-align'}>
      {bands === null ? null : <BandsCard key={bands.enabled.join(' ')} {...shared} bands={bands} inUse={inUse} />}
      <div className="stack">
        <PowerCard {...shared} settings={settings.value} />
        {technologies === null ? null : (
          <TechnologiesCard key={`${technologies.allowed.join(' ')} ${technologies.preferred}`} {...shared} technologies={technologies} />
        )}
      </div>
    </div>
  );
}
