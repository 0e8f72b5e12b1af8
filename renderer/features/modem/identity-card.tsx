import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { ModemDetails } from '#contract/desk/modem.ts';
import { useDesk, useMessages, useSettings } from '#renderer/app/desk.tsx';
import { pathOfMessages } from '#renderer/app/navigation.ts';
import { portName } from '#renderer/features/devices/ladder.ts';
import { writeIccid, writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card, Facts, Mono, type Fact } from '#renderer/ui/surfaces.tsx';
import { SlotChoice } from './slot-choice.tsx';
import { isUsable, type ModemOf } from './usable.ts';
import { useReading } from './use-reading.ts';
import { writeClock } from './write-clock.ts';

const text = (value: string | null): ReactNode => value ?? '–';
const identifier = (value: string | null, written: string | null = null): ReactNode =>
  value === null ? '–' : <Mono>{written ?? value}</Mono>;

/** Who the modem is, and the SIM in it. */
export function IdentityCard({ device, modem }: ModemOf): ReactNode {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [, navigate] = useLocation();
  const { deviceId } = device;
  const usable = isUsable(device);
  const unread = useMessages().value?.messages.filter((message) => message.deviceId === deviceId && message.unread).length ?? 0;
  const technician = useSettings().value?.technicianMode === true;
  const details = useReading({ key: deviceId, occasion: `${modem.sim} ${modem.iccid}`, possible: usable }, (signal) =>
    desk.client.modem.details({ deviceId }, { signal }),
  );
  const { value } = details;
  const facts: readonly Fact[] = [
    [t('devices.manufacturer'), text(modem.manufacturer)],
    [t('devices.model'), text(modem.model)],
    [t('devices.firmware'), identifier(modem.revision)],
    ['IMEI', identifier(modem.imei)],
    ['SIM', t(`devices.sim.${modem.sim}`)],
    ['ICCID', identifier(modem.iccid, modem.iccid === null ? null : writeIccid(modem.iccid))],
    ['IMSI', identifier(modem.imsi)],
    [t('devices.port'), <Mono key="port">{portName(deviceId)}</Mono>],
    ...(value === null ? [] : furtherFacts(value, words)),
    ...(technician
      ? ([
          [t('devices.areaCode'), identifier(modem.registration.areaCode)],
          [t('devices.cellId'), identifier(modem.registration.cellId)],
        ] as const)
      : []),
  ];
  const slots = value?.slots ?? null;
  return (
    <Card
      title={t('devices.modem')}
      actions={
        <Button
          size="compact"
          icon="sms"
          label={unread === 0 ? t('messages.title') : t('messages.unread', { count: unread })}
          onClick={() => navigate(pathOfMessages(deviceId))}
        />
      }
    >
      <div className="card-body stack">
        <Facts form="cols wide" facts={facts} />
        {slots === null || slots.count < 2 ? null : <SlotChoice deviceId={deviceId} slots={slots} usable={usable} onChange={details.put} />}
        <FailureNote failure={details.failure} />
      </div>
    </Card>
  );
}

/** What only some modems tell. */
function furtherFacts(
  { serialNumber, imeiSv, ownNumbers, clock, temperature }: ModemDetails,
  { t, format, language }: Words,
): readonly Fact[] {
  return [
    ...(serialNumber === null ? [] : [[t('modem.serialNumber'), identifier(serialNumber)] as const]),
    ...(imeiSv === null ? [] : [['IMEISV', identifier(imeiSv)] as const]),
    ...(ownNumbers.length === 0
      ? []
      : [
          [
            t('modem.ownNumber'),
            ownNumbers.map(({ number }) => (number.startsWith('+') ? writePhone(number) : number)).join(t('ui.enumeration')),
          ] as const,
        ]),
    ...(temperature === null ? [] : [[t('modem.temperature'), `${format.signed(temperature)} °C`] as const]),
    ...(clock === null ? [] : [[t('modem.clock'), writeClock(clock, language, t('ui.comma'))] as const]),
  ];
}
