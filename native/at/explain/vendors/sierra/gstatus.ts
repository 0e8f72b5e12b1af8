import type { ExplainedFields, ExplainedValue, LineDecoder } from '../../explanation.ts';
import { hexDigits, type NamedReader, signed, whole } from '../../readers.ts';

function megahertz(text: string): ExplainedValue {
  return /^\d{1,3}(?:\.\d)?$/.test(text) ? Number(text) : null;
}

function level(text: string): ExplainedValue {
  return /^-?\d{1,3}(?:\.\d{1,2})?$/.test(text) ? Number(text) : null;
}

function text(value: string): ExplainedValue {
  return value === '---' || value === '--' ? null : value;
}

/** The lines have no names but labels, two to a line and with the values in columns of their own. */
const labels: readonly (readonly [pattern: RegExp, reader: NamedReader])[] = [
  [/\bTemperature:\s*(\S+)/, ['temperature', signed]],
  [/\bMode:\s*([A-Z]\S*)/, ['mode', text]],
  [/\bSystem mode:\s*(\S+)/, ['systemMode', text]],
  [/\bPS state:\s*(\S+)/, ['packetState', text]],
  [/\bLTE band:\s*(\S+)/, ['band', text]],
  [/\bLTE bw:\s*(\S+)/, ['dlBandwidthMHz', megahertz]],
  [/\bLTE Rx chan:\s*(\S+)/, ['earfcn', whole]],
  [/\bLTE Scell band:\s*(\S+)/, ['secondaryBand', text]],
  [/\bLTE Scell bw:\s*(\S+)/, ['secondaryBandwidthMHz', megahertz]],
  [/\bLTE Scell chan:\s*(\S+)/, ['secondaryEarfcn', whole]],
  [/\bPCC RxM RSSI:\s*(\S+)/, ['rssi', level]],
  [/\bPCC RxM RSSI:.*\bRSRP \(dBm\):\s*(\S+)/, ['rsrp', level]],
  [/\bSCC RxM RSSI:.*\bRSRP \(dBm\):\s*(\S+)/, ['secondaryRsrp', level]],
  [/\bPCC RxM RSRP:\s*(\S+)/, ['rsrp', level]],
  [/\bSCC RxM RSRP:\s*(\S+)/, ['secondaryRsrp', level]],
  [/^RSSI \(dBm\):\s*(\S+)/, ['rssi', level]],
  [/^RSRP \(dBm\):\s*(\S+)/, ['rsrp', level]],
  [/\bRSRQ \(dB\):\s*(\S+)/, ['rsrq', level]],
  [/\bSINR \(dB\):\s*(\S+)/, ['sinr', level]],
  [/\bTAC:\s*([0-9A-Fa-f]+)/, ['tac', hexDigits]],
  [/\bCell ID:\s*([0-9A-Fa-f]+)/, ['cellId', hexDigits]],
];

function statusLine(line: string): ExplainedFields | null {
  const value: Record<string, ExplainedValue> = {};
  for (const [pattern, [field, read]] of labels) {
    const found = pattern.exec(line.trim())?.[1];
    if (found !== undefined) value[field] = read(found);
  }
  return Object.keys(value).length === 0 ? null : value;
}

export const gstatus: readonly LineDecoder[] = [
  {
    kind: 'gstatus',
    names: ['!GSTATUS'],
    specification: 'Sierra Wireless EM74xx, MC74xx and EM91xx AT command reference, !GSTATUS',
    decode: (rest) => (rest === '' ? {} : statusLine(rest)),
    decodeBare: statusLine,
    merge: (before, further) => ({ ...before, ...further }),
  },
];
