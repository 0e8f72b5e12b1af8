import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { signed } from '../../readers.ts';

/** SINR of LTE comes as a number from 0 to 250 of which five are a decibel, and 100 is none. */
function sinrDb(text: string): number | null {
  const raw = signed(text);
  return raw === null || raw < 0 || raw > 250 ? null : Math.round((raw / 5 - 20) * 10) / 10;
}

const noSignal = { rssi: null, rscp: null, ecio: null, rsrp: null, rsrq: null, sinrRaw: null, sinrDb: null };

function signalStrength(rest: string): ExplainedFields | null {
  const [mode = '', a = '', b = '', c = '', d = ''] = splitFields(rest);
  const rat = mode.toUpperCase();
  if (rat === 'NOSERVICE') return { rat, ...noSignal };
  if (rat === 'GSM') return { rat, ...noSignal, rssi: signed(a) };
  if (rat === 'WCDMA' || rat === 'TDSCDMA') return { rat, ...noSignal, rssi: signed(a), rscp: signed(b), ecio: signed(c) };
  if (rat === 'LTE' || rat === 'CAT-M1' || rat === 'CAT-NB1' || rat === 'EMTC' || rat === 'NBIOT') {
    return { rat, ...noSignal, rssi: signed(a), rsrp: signed(b), sinrRaw: signed(c), sinrDb: sinrDb(c), rsrq: signed(d) };
  }
  // In NR the ratio is in decibels.
  if (rat.startsWith('NR')) return { rat, ...noSignal, rsrp: signed(a), sinrRaw: signed(b), sinrDb: signed(b), rsrq: signed(c) };
  return null;
}

export const qcsq: readonly LineDecoder[] = [
  { kind: 'qcsq', names: ['+QCSQ'], specification: 'Quectel AT commands manuals, +QCSQ', decode: signalStrength },
];
