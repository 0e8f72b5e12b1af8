import type { Device, DevicesSnapshot, EuiccOverview, ModemStatus } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';
import type { OpenedDesk, Reach, Terminal } from './terminal.ts';

/** What a command wants of its device. */
export type Need = 'anything' | 'euicc' | 'modem';

const settleDeadline = 30_000;
/** A reader or port that was named may be told a moment after the first look. */
const lateDeviceDeadline = 1500;
/** Whoever watches readers looks at a card that was just put in: only after this time is it held for good. */
const heldDeadline = 6000;

export function reachOf(given: string | null): Reach {
  return given === null ? 'all' : { deviceId: given };
}

/** The devices once each has been read, or what is known of them after half a minute. */
export async function settledDevices(opened: OpenedDesk, terminal: Terminal, given: string | null): Promise<DevicesSnapshot> {
  const late = AbortSignal.timeout(lateDeviceDeadline);
  const held = AbortSignal.timeout(heldDeadline);
  const stopping = AbortSignal.any([terminal.interrupted, AbortSignal.timeout(settleDeadline)]);
  const again = new AbortController();
  const seenReading = new Set<string>();
  let last: DevicesSnapshot = { devices: [], transports: [] };
  const isSettled = (): boolean => {
    if (last.transports.length < opened.transports) return false;
    if (given !== null && last.devices.length === 0 && !last.transports.some(({ problem }) => problem !== null) && !late.aborted)
      return false;
    if (given !== null && !held.aborted && last.devices.some(isHeld)) return false;
    return last.devices.every(({ state }) => state !== 'reading' && state !== 'reconnecting');
  };
  const values = await opened.desk.devices.watch(undefined, { signal: AbortSignal.any([stopping, again.signal]) });
  let next = values.next();
  // Looks again when a patience ends, the shorter one first, for then nothing else may happen any more.
  let patience = [late, held].map((signal) => ended(signal));
  for (;;) {
    const told = await Promise.race([next, ...patience]);
    if (told instanceof AbortSignal) patience = patience.slice(1);
    else {
      if (told.done === true) break;
      last = told.value;
      const left = last.devices.find((device) => device.deviceId === given && seenReading.has(device.deviceId) && hasLeft(device));
      if (left !== undefined) throw new LebError(left.kind === 'reader' ? 'CARD_REMOVED' : 'PORT_CLOSED', { deviceId: left.deviceId });
      for (const { deviceId, state } of last.devices) if (state === 'reading') seenReading.add(deviceId);
      next = values.next();
    }
    if (isSettled()) break;
  }
  again.abort();
  next.catch(() => undefined);
  if (terminal.interrupted.aborted) throw new LebError('CANCELLED');
  return last;
}

function ended(signal: AbortSignal): Promise<AbortSignal> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(signal), { once: true });
  });
}

function isHeld({ ladder }: Device): boolean {
  return ladder.some(({ state, problem }) => state === 'unmet' && problem?.code === 'CARD_BUSY');
}

function hasLeft({ state }: Device): boolean {
  return state === 'empty' || state === 'ghost' || state === 'reconnecting';
}

/** The one device that is meant. @throws LebError DEVICE_UNKNOWN, DEVICE_AMBIGUOUS, or why the device cannot be used */
export async function findDevice(opened: OpenedDesk, terminal: Terminal, given: string | null, need: Need): Promise<Device> {
  terminal.progress.begin(terminal.words.say(given === null ? 'progress.devices' : 'progress.device', { device: given ?? '' }));
  const snapshot = await settledDevices(opened, terminal, given);
  const device = given === null ? onlyOne(snapshot, need) : named(snapshot, given);
  terminal.progress.end('done');
  return device;
}

function named({ devices, transports }: DevicesSnapshot, given: string): Device {
  const device = devices.find(({ deviceId }) => deviceId === given);
  if (device !== undefined) return device;
  // Without a single transport that works the reason is not the name.
  const problem = transports.find((transport) => !transport.virtual && transport.problem !== null)?.problem ?? null;
  if (problem !== null && transports.every((transport) => transport.virtual || transport.problem !== null)) {
    throw new LebError(problem.code, problem.details);
  }
  if (given.startsWith('serial:')) throw new LebError('PORT_NOT_FOUND', { port: given.slice('serial:'.length) });
  throw new LebError('DEVICE_UNKNOWN', { deviceId: given });
}

function onlyOne({ devices, transports }: DevicesSnapshot, need: Need): Device {
  const there = devices.filter(({ state }) => state !== 'ghost');
  const kind = need === 'modem' ? there.filter((device) => device.kind === 'modem') : there;
  const fitting = need === 'euicc' ? there.filter(({ euicc }) => euicc !== null) : kind;
  const [first, ...more] = fitting.length > 0 ? fitting : kind;
  if (first === undefined) {
    const problem = transports.find((transport) => transport.problem !== null)?.problem ?? null;
    if (problem !== null) throw new LebError(problem.code, problem.details);
    throw new LebError('DEVICE_UNKNOWN');
  }
  if (more.length > 0) throw new LebError('DEVICE_AMBIGUOUS', { candidates: [first, ...more].map(({ deviceId }) => deviceId).join(', ') });
  return first;
}

/** The eUICC of a device. @throws LebError the first rung of the device's ladder that is not met, DEVICE_UNSUITABLE */
export function euiccOf(device: Device): EuiccOverview {
  if (device.euicc !== null) return device.euicc;
  const unmet = device.ladder.filter(({ state, problem }) => state === 'unmet' && problem !== null);
  const rung = (device.kind === 'modem' ? unmet.filter(({ name }) => name !== 'registered') : unmet)[0];
  if (rung?.problem !== undefined && rung.problem !== null) throw new LebError(rung.problem.code, rung.problem.details);
  if (device.state === 'reading' || device.state === 'reconnecting') {
    throw new LebError(device.kind === 'reader' ? 'CARD_MUTE' : 'AT_TIMEOUT', { deviceId: device.deviceId });
  }
  throw new LebError('DEVICE_UNSUITABLE', { deviceId: device.deviceId });
}

/** What the modem said a moment ago. @throws LebError why it says nothing, DEVICE_UNSUITABLE for a reader */
export function modemOf(device: Device): ModemStatus {
  if (device.modem !== null) return device.modem;
  if (device.kind === 'reader') throw new LebError('DEVICE_UNSUITABLE', { deviceId: device.deviceId });
  const problem = device.ladder.find(({ state }) => state === 'unmet')?.problem ?? null;
  if (problem !== null) throw new LebError(problem.code, problem.details);
  throw new LebError('MODEM_SILENT', { deviceId: device.deviceId });
}
