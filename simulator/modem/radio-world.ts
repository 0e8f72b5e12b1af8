import type { SampleNetwork } from '../sample.ts';
import { benchTest, harbourHoliday, lebAsia, lebEurope, lebGlobal, meadowPersonal } from '../sample.ts';

/** What the modem hears of a network, in the units of the AT commands that report it. */
export type Reception = {
  readonly rssi: number; // +CSQ, 3GPP TS 27.007 §8.5: dBm = 2n − 113
  readonly rsrq: number; // +CESQ, 3GPP TS 27.007 §8.69: dB = n/2 − 20
  readonly rsrp: number; // +CESQ: dBm = n − 141
  readonly areaCode: string;
  readonly cellId: string;
};
export type RadioNetwork = SampleNetwork & { readonly reception: Reception };

const samples = [lebEurope, lebGlobal, lebAsia, meadowPersonal, harbourHoliday, benchTest];

/** The number that others reach this subscriber under; null for one that the bench does not know. */
export function numberOf(imsi: string): string | null {
  return samples.find((profile) => profile.imsi === imsi)?.msisdn ?? null;
}

const receptions: readonly Reception[] = [
  { rssi: 21, rsrq: 22, rsrp: 45, areaCode: '1F0A', cellId: '0A2B3C01' },
  { rssi: 17, rsrq: 18, rsrp: 37, areaCode: '2B11', cellId: '00C41D02' },
  { rssi: 24, rsrq: 26, rsrp: 52, areaCode: '30F2', cellId: '017E9903' },
];

/** Networks in reach, one entry each, in a fixed order. */
export const networksInReach: readonly RadioNetwork[] = [...new Map(samples.map(({ network }) => [network.mccMnc, network])).values()]
  .toSorted((left, right) => left.mccMnc.localeCompare(right.mccMnc))
  .map((network, index) => ({ ...network, reception: receptionOf(index) }));

function receptionOf(index: number): Reception {
  const reception = receptions[index % receptions.length];
  if (reception === undefined) throw new RangeError('no reception');
  return reception;
}

/**
 * The network that accepts this subscriber, or null. A profile of the bench goes where the bench's carrier sends it; any other one is
 * at home on the network that issued it.
 */
export function findNetwork(imsi: string): RadioNetwork | null {
  const sample = samples.find((profile) => profile.imsi === imsi);
  const mccMnc = sample?.network.mccMnc ?? imsi.slice(0, 5);
  const found = networksInReach.find((network) => network.mccMnc === mccMnc);
  return found === undefined ? null : { ...found, registration: sample?.network.registration ?? 'home' };
}
