import type { Device, ModemStatus } from '#contract/desk/devices.ts';
import type { Kit } from '../command-kit.ts';
import { findDevice, modemOf, reachOf } from '../find-device.ts';
import type { OpenedDesk } from '../terminal.ts';
import { formatTime, orNone } from '../text.ts';
import type { Words } from '../words.ts';
import { addPinCommands } from './modem-pin.ts';

type Pairs = readonly (readonly [string, string])[];

/** What each command shows of the status that has just been read. */
const views = {
  info: {
    pick: (status: ModemStatus) => status,
    show: (words: Words, status: ModemStatus) => modemPairs(words, status),
  },
  sim: {
    pick: ({ sim, iccid, imsi, readAt }: ModemStatus) => ({ sim, iccid, imsi, readAt }),
    show: (words: Words, status: ModemStatus) => simPairs(words, status),
  },
  signal: {
    pick: ({ signal, registration, readAt }: ModemStatus) => ({ signal, technology: registration.technology, readAt }),
    show: (words: Words, status: ModemStatus) => signalPairs(words, status),
  },
  registration: {
    pick: ({ registration, operator, readAt }: ModemStatus) => ({ registration, operator, readAt }),
    show: (words: Words, status: ModemStatus) => registrationPairs(words, status),
  },
} as const;

export function addModemCommands(kit: Kit): void {
  const group = kit.group('modem');
  addPinCommands(kit, group);
  for (const [name, view] of Object.entries(views)) {
    kit.command(group, name, '[DEVICE]', async (terminal, { given }) => {
      const opened = await terminal.open(reachOf(given('DEVICE')));
      const device = await findDevice(opened, terminal, given('DEVICE'), 'modem');
      const status = await completeStatus(opened, device);
      const { pairs } = await import('../table.ts');
      return { data: { deviceId: device.deviceId, ...view.pick(status) }, text: pairs(view.show(kit.words, status)) };
    });
  }
}

/** A modem that registered while it was first read has not been asked yet on which network and how well it hears. */
async function completeStatus({ desk }: OpenedDesk, device: Device): Promise<ModemStatus> {
  const first = modemOf(device);
  const registered = first.registration.state === 'home' || first.registration.state === 'roaming';
  if (!registered || (first.operator !== null && first.signal !== null)) return first;
  return modemOf(await desk.devices.refresh({ deviceId: device.deviceId }));
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

function simPairs(words: Words, { sim, iccid, imsi }: ModemStatus): Pairs {
  return [
    ['SIM', words.say(`sim.${sim}`)],
    ['ICCID', orNone(words, iccid)],
    ['IMSI', orNone(words, imsi)],
  ];
}

function registrationPairs(words: Words, { registration, operator }: ModemStatus): Pairs {
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

function signalPairs(words: Words, { signal }: ModemStatus): Pairs {
  const measured = (value: number | null | undefined, unit: string): string =>
    orNone(words, typeof value === 'number' ? `${value} ${unit}` : null);
  return [
    [words.say('field.signal'), signal === null ? words.say('value.none') : `${signal.bars}/4`],
    ['RSSI', measured(signal?.rssi, 'dBm')],
    ['RSRP', measured(signal?.rsrp, 'dBm')],
    ['RSRQ', measured(signal?.rsrq, 'dB')],
  ];
}
