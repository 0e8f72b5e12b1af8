import type { RadioCell } from '../../at/commands/radio-cells.ts';
import type { AtPriority } from '../../at/request-queue.ts';
import type { CombinedReader, ReadPart } from '../combined-read.ts';
import type { Operator, Registration, Signal } from '../modem.ts';
import { signalQuality, type SignalQuality } from '../signal-of.ts';
import type { ServiceParts } from './modem-services.ts';

/** How well the modem hears, and what. */
export type RadioReport = {
  readonly registration: Registration;
  readonly signal: Signal;
  /** The ratio of the serving cell in dB; null where the modem does not tell. */
  readonly sinr: number | null;
  readonly quality: SignalQuality;
  /** The serving cells first. Where the maker has no command for them: the one that the registration names. */
  readonly cells: readonly RadioCell[];
};

const roles: readonly RadioCell['role'][] = ['serving', 'secondary', 'neighbour'];

/** @throws DeviceError PORT_CLOSED, AT_TIMEOUT, DEVICE_BUSY where polling waits for the eUICC or a prompt */
export async function readRadio(
  { reader, vendor }: ServiceParts,
  combined: CombinedReader,
  cellsPart: ReadPart<readonly RadioCell[]>,
  priority: AtPriority,
): Promise<RadioReport> {
  const registration = await reader.registration(priority);
  const measured = await reader.signal(priority);
  const outcomes = vendor.cells.length === 0 ? null : await combined.read([cellsPart], priority);
  const told = outcomes?.get(cellsPart);
  const known = told?.kind === 'value' ? told.value.toSorted((left, right) => roles.indexOf(left.role) - roles.indexOf(right.role)) : [];
  const serving = known.find(({ role }) => role === 'serving') ?? null;
  // The maker's figures fill in what the standard's command does not know.
  const signal = { ...measured, rsrp: measured.rsrp ?? serving?.rsrp ?? null, rsrq: measured.rsrq ?? serving?.rsrq ?? null };
  const isRegistered = registration.state === 'home' || registration.state === 'roaming';
  const cells = known.length > 0 || !isRegistered ? known : [registeredCell(registration, signal, await reader.operator(priority))];
  return { registration, signal, sinr: serving?.sinr ?? null, quality: signalQuality(signal), cells };
}

function registeredCell(
  { technology, areaCode, cellId }: Registration,
  { rssi, rsrp, rsrq }: Signal,
  operator: Operator | null,
): RadioCell {
  const nothing = { pci: null, band: null, channel: null, bandwidthMHz: null, sinr: null } as const;
  return { role: 'serving', technology, mccMnc: operator?.mccMnc ?? null, areaCode, cellId, ...nothing, rssi, rsrp, rsrq };
}
