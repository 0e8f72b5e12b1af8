import type { SampleNetwork } from '../sample.ts';
import { benchTest, harbourHoliday, lebAsia, lebEurope, lebGlobal, meadowPersonal } from '../sample.ts';
import type { BandTable, RadioSettings, RadioTechnology } from './radio-settings.ts';
import { radioTechnologies } from './radio-settings.ts';

/** What the modem hears of a network, in the units of the AT commands that report it. */
export type Reception = {
  readonly rssi: number; // +CSQ, 3GPP TS 27.007 §8.5: dBm = 2n − 113
  readonly rsrq: number; // +CESQ, 3GPP TS 27.007 §8.69: dB = n/2 − 20
  readonly rsrp: number; // +CESQ: dBm = n − 141
};

export type RadioNetwork = SampleNetwork & {
  readonly reception: Reception;
  readonly areaCode: string;
  readonly cellId: string;
  /** What it is built in, and on which band. */
  readonly bands: BandTable;
};

/** Where a network is heard in a technology. */
export type Cell = { readonly technology: RadioTechnology; readonly band: number; readonly channel: number };

/** The networks around a modem, and what becomes of them. */
export type RadioWorld = {
  /** In a fixed order. */
  networks(): readonly RadioNetwork[];
  /** The network that this subscriber belongs to where it is in reach; null where it is not, or where nobody knows the subscriber. */
  homeOf(imsi: string): RadioNetwork | null;
  /** Why every network refuses everybody (3GPP TS 24.301 §9.9.3.9); null: none does. */
  readonly refusal: number | null;
  /** How long a scan takes, in milliseconds of the modem's time. */
  readonly scanTime: number;
  readonly controls: RadioControls;
  /** Called after every change. One listener. */
  onChange(listener: () => void): void;
};

/** What happens around a modem. */
export type RadioControls = {
  /** What is heard of all networks. @param rsrp in dBm @param rsrq in dB */
  setSignal(rsrp: number, rsrq?: number): void;
  /** All networks go on in these technologies alone; null: in those that they are built in. */
  setTechnologies(technologies: readonly RadioTechnology[] | null): void;
  /** Out of reach of every network, and back. */
  setReach(inReach: boolean): void;
  refuse(cause: number | null): void;
  setScanTime(milliseconds: number): void;
  /** Other networks than the bench's, each with what is heard of it in dBm and dB. */
  setNetworks(networks: readonly NetworkInReach[]): void;
};

export type NetworkInReach = Pick<RadioNetwork, 'mccMnc' | 'name' | 'bands'> & { readonly rsrp: number; readonly rsrq: number };

const samples = [lebEurope, lebGlobal, lebAsia, meadowPersonal, harbourHoliday, benchTest];

/** The number that others reach this subscriber under; null for one that the bench does not know. */
export function numberOf(imsi: string): string | null {
  return samples.find((profile) => profile.imsi === imsi)?.msisdn ?? null;
}

const places: readonly Pick<RadioNetwork, 'reception' | 'areaCode' | 'cellId'>[] = [
  { reception: { rssi: 21, rsrq: 22, rsrp: 45 }, areaCode: '1F0A', cellId: '0A2B3C01' },
  { reception: { rssi: 17, rsrq: 18, rsrp: 37 }, areaCode: '2B11', cellId: '00C41D02' },
  { reception: { rssi: 24, rsrq: 26, rsrp: 52 }, areaCode: '30F2', cellId: '017E9903' },
];

const usualBands: BandTable = { gsm: [900], utran: [1], eutran: [3] };

/** The networks of the bench, one entry each. */
const benchNetworks: readonly RadioNetwork[] = [...new Map(samples.map(({ network }) => [network.mccMnc, network])).values()]
  .toSorted((left, right) => left.mccMnc.localeCompare(right.mccMnc))
  .map((network, index) => ({ ...network, ...placeOf(index), bands: usualBands }));

function placeOf(index: number): (typeof places)[number] {
  const place = places[index % places.length];
  if (place === undefined) throw new RangeError('no place');
  return place;
}

/** First channels of the bands in which the bench's networks are built; each network has another one (3GPP TS 45.005, 25.101, 36.101, 38.101). */
const channels: Readonly<Record<RadioTechnology, readonly [first: number, step: number]>> = {
  gsm: [20, 5],
  utran: [10_562, 25],
  eutran: [1300, 100],
  nr: [627_264, 960],
};

/**
 * Where this network is heard by a radio with these settings: in the technology that is preferred, else in the newest one; null where in none.
 */
export function cellOf(network: RadioNetwork, settings: RadioSettings): Cell | null {
  const usable = radioTechnologies.toReversed().filter((technology) => settings.allowed.includes(technology));
  const wanted = usable.toSorted((left, right) => Number(right === settings.preferred) - Number(left === settings.preferred));
  for (const technology of wanted) {
    const band = network.bands[technology]?.find((one) => settings.bands[technology]?.includes(one));
    const [first, step] = channels[technology];
    if (band !== undefined) return { technology, band, channel: first + Number(network.mccMnc.slice(3)) * step };
  }
  return null;
}

export function makeRadioWorld(): RadioWorld {
  let built = benchNetworks;
  let signal: Reception | null = null;
  let technologies: readonly RadioTechnology[] | null = null;
  let inReach = true;
  let refusal: number | null = null;
  let scanTime = 5000; // the radio listens on every band
  let listener: (() => void) | null = null;

  function networks(): readonly RadioNetwork[] {
    if (!inReach) return [];
    return built.map((network) => ({
      ...network,
      reception: signal ?? network.reception,
      bands: technologies === null ? network.bands : only(network.bands, technologies),
    }));
  }

  function change(work: () => void): void {
    work();
    listener?.();
  }

  return {
    networks,
    /** A profile of the bench goes where the bench's carrier sends it; any other one is at home on the network that issued it. */
    homeOf(imsi) {
      const sample = samples.find((profile) => profile.imsi === imsi);
      const mccMnc = sample?.network.mccMnc ?? imsi.slice(0, 5);
      const found = networks().find((network) => network.mccMnc === mccMnc);
      return found === undefined ? null : { ...found, registration: sample?.network.registration ?? 'home' };
    },
    get refusal() {
      return refusal;
    },
    get scanTime() {
      return scanTime;
    },
    controls: {
      setSignal: (rsrp, rsrq = -10) => change(() => (signal = receptionAt(rsrp, rsrq))),
      setTechnologies: (next) => change(() => (technologies = next)),
      setReach: (next) => change(() => (inReach = next)),
      refuse: (cause) => change(() => (refusal = cause)),
      setScanTime: (milliseconds) => change(() => (scanTime = milliseconds)),
      setNetworks: (next) => change(() => (built = next.map(build))),
    },
    onChange(next) {
      listener = next;
    },
  };
}

/** All but its home are foreign to a subscriber, and a foreign one takes nobody here: what it calls itself is all that it is for. */
function build({ rsrp, rsrq, ...network }: NetworkInReach, index: number): RadioNetwork {
  return { ...network, ...placeOf(index), reception: receptionAt(rsrp, rsrq), registration: 'home' };
}

/** Bands by technology; where the network is not built in one of them, on the usual one. */
function only(bands: BandTable, technologies: readonly RadioTechnology[]): BandTable {
  const fallback: BandTable = { ...usualBands, nr: [78] };
  return Object.fromEntries(technologies.map((technology) => [technology, bands[technology] ?? fallback[technology]]));
}

/** The strength of the whole channel is about 25 dB over that of one resource element (20 MHz). */
function receptionAt(rsrp: number, rsrq: number): Reception {
  return { rsrp: within(rsrp + 141, 97), rsrq: within((rsrq + 20) * 2, 34), rssi: within((rsrp + 25 + 113) / 2, 31) };
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)));
}
