import type { AtChannel } from '../at/channel-types.ts';
import type { AtCommand } from '../at/command.ts';
import { extendedSignalQualityCommand } from '../at/commands/extended-signal-quality.ts';
import { iccidCommand, iccidFileCommand } from '../at/commands/iccid.ts';
import { imsiCommand } from '../at/commands/imsi.ts';
import { operatorCommand } from '../at/commands/operator.ts';
import { registrationCommands, type DomainRegistration, type RegistrationDomain } from '../at/commands/registration.ts';
import { signalQualityCommand } from '../at/commands/signal-quality.ts';
import { simStateCommand, simStateOfError } from '../at/commands/sim-state.ts';
import type { AtPriority } from '../at/request-queue.ts';
import { createCombinedReader, type ReadOutcome, type ReadOutcomes, type ReadPart, type ReadVariant } from './combined-read.ts';
import { mergeRegistrations } from './merge-registrations.ts';
import type { ModemStatus, Operator, Registration, Signal, SimState } from './modem.ts';
import { signalOf } from './signal-of.ts';
import type { ModemVendor } from './vendors/vendor.ts';

export type SimReading = Pick<ModemStatus, 'iccid' | 'imsi'> & { readonly state: SimState };

/** Reads what the modem knows, in as few lines as it allows, and remembers the registration. */
export type StatusReader = {
  status(priority: AtPriority): Promise<ModemStatus>;
  sim(): Promise<SimReading>;
  /** State and number only: answered while the card is being read again. */
  card(): Promise<Omit<SimReading, 'imsi'>>;
  registration(priority?: AtPriority): Promise<Registration>;
  operator(priority?: AtPriority): Promise<Operator | null>;
  signal(priority: AtPriority): Promise<Signal>;
  /** Takes in what the modem said by itself; the whole registration that follows from it. */
  noteRegistration(news: DomainRegistration): Registration;
  /** The cause that the network gave for its last refusal. */
  readonly rejectCause: number | null;
};

function variant<Arguments, Value>(command: AtCommand<Arguments, Value>, args: Arguments): ReadVariant<Value> {
  return { line: command.encode(args), decode: (lines) => command.decode(lines) };
}

function part<Value>(optional: boolean, ...variants: readonly ReadVariant<Value>[]): ReadPart<Value> {
  return { variants, optional };
}

export function createStatusReader(channel: AtChannel, vendor: ModemVendor, domains: readonly RegistrationDomain[]): StatusReader {
  const reader = createCombinedReader(channel);
  const registrations = new Map<RegistrationDomain, DomainRegistration>();
  let rejectCause: number | null = null;

  const simPart = part<SimState>(false, variant(simStateCommand, undefined));
  const unreadable = (outcomes: ReadOutcomes): boolean => {
    const state = simStateOf(outcomes.get(simPart));
    return state === 'absent' || state === 'busy' || state === 'failed';
  };
  const iccidPart: ReadPart<string> = {
    ...part(false, ...vendor.iccid.map((way) => (way === 'file' ? variant(iccidFileCommand, undefined) : variant(iccidCommand, way)))),
    skip: unreadable,
  };
  const imsiPart: ReadPart<string> = {
    ...part(false, variant(imsiCommand, undefined)),
    // The IMSI is readable only once the PIN is in.
    skip: (outcomes) => unreadable(outcomes) || ['pinRequired', 'pukRequired'].includes(simStateOf(outcomes.get(simPart))),
  };
  const registrationParts = domains.map((domain) => part<DomainRegistration>(true, variant(registrationCommands[domain], undefined)));
  const operatorPart = part(false, variant(operatorCommand, 'both'), variant(operatorCommand, 'asSet'));
  const strengthPart = part(false, variant(signalQualityCommand, undefined));
  const extendedPart = part(true, variant(extendedSignalQualityCommand, undefined));

  function simOf(outcomes: ReadOutcomes): SimReading {
    const state = simStateOf(outcomes.get(simPart));
    const iccid = valueOf(outcomes.get(iccidPart));
    return { state, iccid, imsi: valueOf(outcomes.get(imsiPart)) };
  }

  function registrationOf(outcomes: ReadOutcomes): Registration {
    for (const registrationPart of registrationParts) {
      const registration = valueOf(outcomes.get(registrationPart));
      if (registration !== null) note(registration);
    }
    return mergeRegistrations([...registrations.values()], vendor);
  }

  function note(registration: DomainRegistration): void {
    registrations.set(registration.domain, registration);
    if (registration.state === 'denied' && registration.rejectCause !== null) rejectCause = registration.rejectCause;
  }

  function signalFrom(outcomes: ReadOutcomes): Signal {
    return signalOf(valueOf(outcomes.get(strengthPart)), valueOf(outcomes.get(extendedPart)));
  }

  return {
    async status(priority) {
      // The card's commands stand behind the network's: without a card the line ends there and everything else has been answered.
      const parts = [...registrationParts, operatorPart, strengthPart, simPart, iccidPart, imsiPart, extendedPart];
      const outcomes = await reader.read(parts, priority);
      const { state, iccid, imsi } = simOf(outcomes);
      return {
        sim: state,
        iccid,
        imsi,
        registration: registrationOf(outcomes),
        operator: valueOf(outcomes.get(operatorPart)),
        signal: signalFrom(outcomes),
      };
    },
    async sim() {
      return simOf(await reader.read([simPart, iccidPart, imsiPart], 'user'));
    },
    async card() {
      const { state, iccid } = simOf(await reader.read([simPart, iccidPart], 'user'));
      return { state, iccid };
    },
    async registration(priority = 'user') {
      return registrationOf(await reader.read(registrationParts, priority));
    },
    async operator(priority = 'user') {
      return valueOf((await reader.read([operatorPart], priority)).get(operatorPart));
    },
    async signal(priority) {
      return signalFrom(await reader.read([strengthPart, extendedPart], priority));
    },
    noteRegistration(news) {
      note(news);
      return mergeRegistrations([...registrations.values()], vendor);
    },
    get rejectCause() {
      return rejectCause;
    },
  };
}

function valueOf<Value>(outcome: ReadOutcome<Value> | undefined): Value | null {
  return outcome?.kind === 'value' ? outcome.value : null;
}

/** A locked or missing card makes `AT+CPIN?` an error, and the error says which. */
function simStateOf(outcome: ReadOutcome<SimState> | undefined): SimState {
  if (outcome === undefined) return 'unknown';
  if (outcome.kind === 'value') return outcome.value;
  const code = outcome.error.details['code'];
  return outcome.error.code === 'CME_ERROR' && typeof code === 'number' ? simStateOfError(code) : 'unknown';
}
