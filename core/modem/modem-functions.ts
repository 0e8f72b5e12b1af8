import type { PacketData, RadioReport, RegistrationReport, SimLock } from '#contract/desk/modem.ts';
import { LebError } from '#contract/errors.ts';
import type { RegistrationDomain } from '#native/at/commands/registration.ts';
import type { Modem } from '#native/modem/modem.ts';
import type { PacketData as NativePacketData } from '#native/modem/services/packet-data.ts';
import type { SimLock as NativeSimLock } from '#native/modem/services/sim-lock.ts';
import { instantNow } from '../clock.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';

type On = { readonly deviceId: string };
type OnLock = On & { readonly confirmLastAttempt: boolean };

/** What is done with a modem at once, without a task. */
export type ModemFunctions = {
  send(input: On & { readonly command: string }): Promise<{ lines: string[]; final: string }>;
  radio(input: On): Promise<RadioReport>;
  packetData(input: On): Promise<PacketData>;
  setContext(input: On & { readonly cid: number; readonly type: 'ipv4' | 'ipv6' | 'ipv4v6'; readonly apn: string }): Promise<PacketData>;
  removeContext(input: On & { readonly cid: number }): Promise<PacketData>;
  activateContext(input: On & { readonly cid: number; readonly active: boolean }): Promise<PacketData>;
  simLock(input: On): Promise<SimLock>;
  unlockSim(input: OnLock & { readonly pin: string }): Promise<SimLock>;
  unblockSim(input: OnLock & { readonly puk: string; readonly newPin: string }): Promise<SimLock>;
  setPinRequested(input: OnLock & { readonly pin: string; readonly requested: boolean }): Promise<SimLock>;
  registration(input: On): Promise<RegistrationReport>;
  changePin(input: OnLock & { readonly pin: string; readonly newPin: string }): Promise<SimLock>;
};

/** @param free gives a device that no task has for itself. @throws LebError DEVICE_UNKNOWN, DEVICE_BUSY */
export function createModemFunctions(free: (deviceId: string) => ManagedDevice): ModemFunctions {
  const modemOf = ({ deviceId }: On): Modem => openModemOf(free(deviceId));
  const lockOf = (input: On) => modemOf(input).services.simLock;
  const dataOf = (input: On) => modemOf(input).services.packetData;
  return {
    async send(input) {
      const { lines, final } = await modemOf(input).send(input.command);
      return { lines: [...lines], final };
    },
    registration: (input) => readRegistration(modemOf(input)),
    radio: (input) => readRadio(modemOf(input)),
    packetData: async (input) => toPacketData(await dataOf(input).read()),
    setContext: async ({ deviceId, ...context }) => toPacketData(await dataOf({ deviceId }).set(context)),
    removeContext: async ({ deviceId, cid }) => toPacketData(await dataOf({ deviceId }).remove(cid)),
    activateContext: async ({ deviceId, cid, active }) => toPacketData(await dataOf({ deviceId }).activate(cid, active)),
    simLock: async (input) => toSimLock(await lockOf(input).read()),
    unlockSim: async (input) => toSimLock(await lockOf(input).unlock(attemptOf(input))),
    unblockSim: async (input) => toSimLock(await lockOf(input).unblock(attemptOf(input))),
    setPinRequested: async (input) => toSimLock(await lockOf(input).setPinRequested(attemptOf(input))),
    changePin: async (input) => toSimLock(await lockOf(input).changePin(attemptOf(input))),
  };
}

const domainNames = { '+CREG': 'cs', '+CGREG': 'ps', '+CEREG': 'eps', '+C5GREG': '5gs' } as const satisfies Record<
  RegistrationDomain,
  string
>;

async function readRegistration(modem: Modem): Promise<RegistrationReport> {
  const { selection, domains, rejectCause } = await modem.services.networks.report();
  const { registration, operator } = await modem.status();
  return {
    registration: { ...registration },
    operator: operator === null ? null : { ...operator },
    selection,
    domains: domains.map(({ domain, state, technology, areaCode, cellId, rejectCause: cause }) => ({
      domain: domainNames[domain],
      state,
      technology,
      areaCode,
      cellId,
      rejectCause: cause,
    })),
    rejectCause,
  };
}

async function readRadio(modem: Modem): Promise<RadioReport> {
  const { registration, signal, sinr, quality, cells } = await modem.services.radio();
  return {
    registration: { ...registration },
    signal: { ...signal },
    sinr,
    quality,
    cells: cells.map((cell) => ({ ...cell })),
    readAt: instantNow(),
  };
}

/** @throws LebError DEVICE_UNSUITABLE for a reader; DeviceError why the modem cannot be used now */
export function openModemOf(device: ManagedDevice): Modem {
  const modem = device.modem();
  if (modem === null) throw new LebError('DEVICE_UNSUITABLE', { deviceId: device.deviceId });
  return modem;
}

function attemptOf<Codes extends OnLock>(input: Codes): Codes & { readonly lastAttempt: boolean } {
  return { ...input, lastAttempt: input.confirmLastAttempt };
}

function toSimLock({ state, pinRequested, attempts }: NativeSimLock): SimLock {
  return { state, pinRequested, attempts: { ...attempts } };
}

function toPacketData({ attached, contexts }: NativePacketData): PacketData {
  return { attached, contexts: contexts.map((context) => ({ ...context, addresses: [...context.addresses] })) };
}
