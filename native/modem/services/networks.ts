import {
  networkScanCommand,
  networkSelectionCommand,
  selectNetworkCommand,
  type NetworkSelection,
  type ScannedNetwork,
} from '../../at/commands/network-scan.ts';
import {
  registrationCauseCommand,
  registrationCommands,
  type DomainRegistration,
  type RegistrationDomain,
} from '../../at/commands/registration.ts';
import { DeviceError, isDeviceError } from '../../errors.ts';
import type { CombinedReader, ReadPart } from '../combined-read.ts';
import type { ModemStatus } from '../modem.ts';
import { waitForProfile } from '../wait-for-profile.ts';
import type { ServiceParts } from './modem-services.ts';

export type RegistrationReport = {
  readonly selection: NetworkSelection | null;
  /** One for each system whose registration the modem reports. */
  readonly domains: readonly DomainRegistration[];
  /** Why the network refused, where it did (3GPP TS 24.301 §9.9.3.9). */
  readonly rejectCause: number | null;
};

export type SelectOptions = {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called when the modem has taken the order and the network is waited for. */
  readonly selected: () => void;
};

export type NetworkControl = {
  /** Takes minutes. Aborting stops it at once on modems that know how, and when it has ended on the others. @throws DeviceError CANCELLED */
  scan(signal: AbortSignal): Promise<readonly ScannedNetwork[]>;
  /**
   * Has the modem take the network with this number, or choose by itself (null), and waits until it is registered.
   * @throws DeviceError NOT_REGISTERED (details.state, details.rejectCause), SIM_ABSENT, SIM_PIN_REQUIRED, SIM_PUK_REQUIRED, CANCELLED
   */
  select(mccMnc: string | null, options: SelectOptions): Promise<ModemStatus>;
  report(): Promise<RegistrationReport>;
};

/** All that a modem can have; those that it does not know are left out. */
const domains: readonly RegistrationDomain[] = ['+CREG', '+CGREG', '+CEREG'];

export function createNetworkControl({ channel, reader, news, timings, fiveG }: ServiceParts, combined: CombinedReader): NetworkControl {
  const all: readonly RegistrationDomain[] = fiveG ? [...domains, '+C5GREG'] : domains;
  const selectionPart: ReadPart<NetworkSelection> = {
    variants: [{ line: networkSelectionCommand.encode(), decode: (lines) => networkSelectionCommand.decode(lines) }],
    optional: true,
  };
  const domainParts = all.map((domain): ReadPart<DomainRegistration> => {
    const command = registrationCommands[domain];
    return { variants: [{ line: command.encode(), decode: (lines) => command.decode(lines) }], optional: true };
  });
  let causesAsked = false;

  /** Causes are told only where they are asked for, and by no means by every modem. */
  async function askForCauses(): Promise<void> {
    if (causesAsked) return;
    causesAsked = true;
    for (const domain of all) {
      await channel.request({ line: registrationCauseCommand.encode(domain) }).catch((error: unknown) => {
        if (!isDeviceError(error) || error.code === 'PORT_CLOSED') throw error;
      });
    }
  }

  async function report(): Promise<RegistrationReport> {
    await askForCauses();
    const outcomes = await combined.read([...domainParts, selectionPart], 'user');
    const selection = outcomes.get(selectionPart);
    const told = domainParts.flatMap((part) => {
      const outcome = outcomes.get(part);
      return outcome?.kind === 'value' ? [outcome.value] : [];
    });
    const refused = told.filter(({ state }) => state === 'denied');
    return {
      selection: selection?.kind === 'value' ? selection.value : null,
      domains: told,
      rejectCause: refused.find(({ rejectCause }) => rejectCause !== null)?.rejectCause ?? null,
    };
  }

  /** A modem that was refused says so in many ways; how it stands with the network says it in one. */
  async function explainRefusal(error: DeviceError): Promise<DeviceError> {
    const { domains: told, rejectCause } = await report();
    if (told.some(({ state }) => state === 'home' || state === 'roaming')) return error;
    const state = told.some((domain) => domain.state === 'denied') ? 'denied' : (told[0]?.state ?? 'unknown');
    return new DeviceError('NOT_REGISTERED', { state, rejectCause, command: 'AT+COPS' }, { cause: error });
  }

  return {
    async scan(signal) {
      try {
        const { lines } = await channel.request({ line: networkScanCommand.encode(), signal });
        const networks = networkScanCommand.decode(lines);
        if (networks.length > 0 || !signal.aborted) return networks;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      throw new DeviceError('CANCELLED');
    },
    async select(mccMnc, options) {
      await askForCauses();
      const { state, iccid } = await reader.card();
      if (state === 'absent') throw new DeviceError('SIM_ABSENT');
      try {
        await channel.request({ line: selectNetworkCommand.encode(mccMnc) });
      } catch (error) {
        if (!isDeviceError(error) || !['CME_ERROR', 'AT_ERROR'].includes(error.code)) throw error;
        throw await explainRefusal(error);
      }
      options.selected();
      // A network that was named and has refused is not followed by another one.
      const patience = mccMnc === null ? timings.deniedMs : Math.min(timings.deniedMs, 2 * timings.pollMs);
      const status = await waitForProfile({ reader, news, timings: { ...timings, deniedMs: patience } }, iccid ?? '', options);
      const { operator } = status;
      if (mccMnc !== null && operator?.mccMnc != null && operator.mccMnc !== mccMnc) {
        throw new DeviceError('NOT_REGISTERED', { state: status.registration.state, rejectCause: null, operator: operator.mccMnc });
      }
      return status;
    },
    report,
  };
}
