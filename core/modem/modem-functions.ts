import type { ModemDetails, RegistrationReport, SimLock } from '#contract/desk/modem.ts';
import { LebError } from '#contract/errors.ts';
import type { RegistrationDomain } from '#native/at/commands/registration.ts';
import type { Modem } from '#native/modem/modem.ts';
import type { ModemDetails as NativeDetails } from '#native/modem/services/details.ts';
import type { SimLock as NativeSimLock } from '#native/modem/services/sim-lock.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import { createDataFunctions, type DataFunctions } from './data-functions.ts';
import { createRadioFunctions, type RadioFunctions } from './radio-functions.ts';

type On = { readonly deviceId: string };
type OnLock = On & { readonly confirmLastAttempt: boolean };

/** What is done with a modem at once, without a task. */
export type ModemFunctions = DataFunctions &
  RadioFunctions & {
    send(input: On & { readonly command: string }): Promise<{ lines: string[]; final: string }>;
    details(input: On): Promise<ModemDetails>;
    selectSlot(input: On & { readonly slot: number }): Promise<ModemDetails>;
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
  return {
    ...createDataFunctions(modemOf),
    ...createRadioFunctions(modemOf),
    async send(input) {
      const { lines, final } = await modemOf(input).send(input.command);
      return { lines: [...lines], final };
    },
    registration: (input) => readRegistration(modemOf(input)),
    details: async (input) => toDetails(await modemOf(input).services.details.read()),
    selectSlot: async ({ deviceId, slot }) => toDetails(await modemOf({ deviceId }).services.details.selectSlot(slot)),
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

function toDetails({ clock, ownNumbers, ...details }: NativeDetails): ModemDetails {
  return {
    ...details,
    ownNumbers: ownNumbers.map((own) => ({ ...own })),
    clock: clock === null ? null : { at: new Date(clock.at).toISOString(), offsetMinutes: clock.offsetMinutes },
  };
}
