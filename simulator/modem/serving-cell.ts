import type { ModemContext } from './modem-state.ts';
import type { Cell } from './radio-world.ts';

/** What a modem measures of the cell that it is on, in dBm and dB. */
export type ServingCell = Cell & {
  readonly mcc: string;
  readonly mnc: string;
  readonly name: string;
  readonly areaCode: string; // four hex digits
  readonly cellId: string; // eight hex digits
  readonly pci: number;
  readonly rsrp: number;
  readonly rsrq: number;
  readonly rssi: number;
  readonly sinr: number;
};

/** Null where the modem is on no network. */
export function servingCell({ state }: ModemContext): ServingCell | null {
  const { network, cell } = state;
  if (network === null || cell === null) return null;
  const { mccMnc, name, areaCode, cellId, reception } = network;
  const rsrq = Math.round(reception.rsrq / 2 - 20);
  return {
    ...cell,
    mcc: mccMnc.slice(0, 3),
    mnc: mccMnc.slice(3),
    name,
    areaCode,
    cellId,
    pci: Number.parseInt(cellId, 16) % 504,
    rsrp: reception.rsrp - 141,
    rsrq,
    rssi: 2 * reception.rssi - 113,
    sinr: rsrq + 23,
  };
}

/** The cell next to it, on the same channel and 9 dB weaker. */
export function neighbourOf({
  pci,
  rsrp,
  rsrq,
  rssi,
  ...cell
}: ServingCell): Pick<ServingCell, 'channel' | 'pci' | 'rsrp' | 'rsrq' | 'rssi'> {
  return { channel: cell.channel, pci: (pci + 1) % 504, rsrp: rsrp - 9, rsrq: rsrq - 4, rssi: rssi - 7 };
}

/** Without leading zeros, as most modems print it. */
export function shortHex(hex: string): string {
  return hex.replace(/^0+(?=.)/, '');
}
