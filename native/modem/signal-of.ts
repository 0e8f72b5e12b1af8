import type { ExtendedSignalQuality } from '../at/commands/extended-signal-quality.ts';
import type { Signal } from './modem.ts';

/** Lower bounds in dBm of one to four bars, as phones draw them. */
const rsrpBars = [-128, -118, -108, -98] as const;
const rssiBars = [-107, -103, -97, -89] as const;

/** Puts the two answers together: RSRP tells how good an LTE or NR signal is, RSSI serves where nothing else is known. */
export function signalOf(rssi: number | null, extended: ExtendedSignalQuality | null): Signal {
  const strength = rssi ?? extended?.rssi ?? null;
  const rsrp = extended?.rsrp ?? null;
  return { rssi: strength, rsrp, rsrq: extended?.rsrq ?? null, bars: rsrp === null ? bars(strength, rssiBars) : bars(rsrp, rsrpBars) };
}

/** How good the reception is: by RSRP, or where that is not known by RSSI. `none`: nothing is heard. */
export type SignalQuality = 'good' | 'fair' | 'poor' | 'none';

export function signalQuality({ rsrp, rssi }: Pick<Signal, 'rsrp' | 'rssi'>): SignalQuality {
  if (rsrp !== null) return rsrp >= -95 ? 'good' : rsrp >= -105 ? 'fair' : 'poor';
  if (rssi !== null) return rssi >= -75 ? 'good' : rssi >= -90 ? 'fair' : 'poor';
  return 'none';
}

function bars(value: number | null, bounds: readonly [number, number, number, number]): Signal['bars'] {
  if (value === null) return 0;
  const [one, two, three, four] = bounds;
  return value >= four ? 4 : value >= three ? 3 : value >= two ? 2 : value >= one ? 1 : 0;
}
