import type { Device, ModemStatus } from '#contract/desk/devices.ts';
import type { ModemDetails } from '#contract/desk/modem.ts';
import type { Input } from './command-kit.ts';
import { findDevice, modemOf, reachOf } from './find-device.ts';
import type { OpenedDesk, Terminal } from './terminal.ts';
import type { Pair } from './table.ts';
import { formatList, formatTime, orNone, plain } from './text.ts';
import type { Words } from './words.ts';

type Pairs = readonly Pair[];

/** The modem that a command is for, which has answered. @throws LebError why there is none */
export async function openModem(terminal: Terminal, { given }: Input): Promise<OpenedDesk & { readonly device: Device }> {
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const device = await findDevice(opened, terminal, given('DEVICE'), 'modem');
  modemOf(device);
  return { ...opened, device };
}

export function modemPairs(words: Words, status: ModemStatus): Pairs {
  return [
    [words.say('field.manufacturer'), orNone(words, status.manufacturer)],
    [words.say('field.model'), orNone(words, status.model)],
    [words.say('field.firmware'), orNone(words, status.revision)],
    ['IMEI', orNone(words, status.imei)],
    ...simPairs(words, status),
    ...registrationPairs(words, status),
    ...signalPairs(words, status),
    [words.say('field.readAt'), formatTime(words, status.readAt)],
  ];
}

/** Only what the modem tells. */
export function detailPairs(words: Words, { serialNumber, imeiSv, ownNumbers, slots, clock, temperature }: ModemDetails): Pairs {
  const numbers = ownNumbers.map(({ number, name }) => plain(name === null ? number : `${number} (${name})`));
  return [
    ...(serialNumber === null ? [] : [[words.say('field.serialNumber'), plain(serialNumber)] as const]),
    ...(imeiSv === null ? [] : [['IMEISV', imeiSv] as const]),
    ...(numbers.length === 0 ? [] : [[words.say('field.ownNumbers'), formatList(words, numbers)] as const]),
    ...(slots === null ? [] : [[words.say('field.slot'), slotText(words, slots)] as const]),
    ...(clock === null ? [] : [[words.say('field.clock'), formatTime(words, clock.at)] as const]),
    ...(temperature === null ? [] : [[words.say('field.temperature'), `${temperature} °C`] as const]),
  ];
}

export function slotText(words: Words, slots: ModemDetails['slots']): string {
  return slots === null ? words.say('value.oneSlot') : words.say('value.slot', { active: slots.active, total: slots.count });
}

export function simPairs(words: Words, { sim, iccid, imsi }: ModemStatus): Pairs {
  return [
    ['SIM', words.say(`sim.${sim}`)],
    ['ICCID', orNone(words, iccid)],
    ['IMSI', orNone(words, imsi)],
  ];
}

export function registrationPairs(words: Words, { registration, operator }: Pick<ModemStatus, 'registration' | 'operator'>): Pairs {
  const names = [operator?.name, operator?.mccMnc].filter((name) => typeof name === 'string');
  return [
    [words.say('field.registration'), words.say(`registration.${registration.state}`)],
    [words.say('field.operator'), orNone(words, names.join(' '))],
    [
      words.say('field.technology'),
      registration.technology === null ? words.say('value.none') : words.say(`technology.${registration.technology}`),
    ],
    [words.say('field.areaCode'), orNone(words, registration.areaCode)],
    [words.say('field.cellId'), orNone(words, registration.cellId)],
  ];
}

export function signalPairs(words: Words, { signal }: Pick<ModemStatus, 'signal'>): Pairs {
  return [
    [words.say('field.signal'), signal === null ? words.say('value.none') : `${signal.bars}/4`],
    ['RSSI', measured(words, signal?.rssi, 'dBm')],
    ['RSRP', measured(words, signal?.rsrp, 'dBm')],
    ['RSRQ', measured(words, signal?.rsrq, 'dB')],
  ];
}

export function measured(words: Words, value: number | null | undefined, unit: 'dBm' | 'dB' | 'MHz'): string {
  return orNone(words, typeof value === 'number' ? `${value} ${unit}` : null);
}
