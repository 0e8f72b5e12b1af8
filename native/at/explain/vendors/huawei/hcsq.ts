import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { scaled, whole } from '../../readers.ts';

/** Signal scales of `^HCSQ`: the lower end of the step; 255 is unknown. */
const rssi = scaled(0, 96, (index) => index - 121);
const rscp = scaled(0, 96, (index) => index - 121);
const ecio = scaled(0, 65, (index) => index / 2 - 32.5);
const rsrp = scaled(0, 97, (index) => index - 141);
const sinr = scaled(0, 251, (index) => Math.round((index * 0.2 - 20.2) * 10) / 10);
const rsrq = scaled(0, 34, (index) => index / 2 - 20);

const none = { rssi: null, rscp: null, ecio: null, rsrp: null, sinr: null, rsrq: null };

function signalQuality(rest: string): ExplainedFields | null {
  const [mode = '', a = '', b = '', c = '', d = '', e = ''] = splitFields(rest);
  const values = [a, b, c, d, e].map((text) => whole(text) ?? 0);
  switch (mode.toUpperCase()) {
    case 'NOSERVICE':
      return { act: 'none', values: [], ...none };
    case 'GSM':
      return { act: 'gsm', values, ...none, rssi: rssi(a) };
    case 'WCDMA':
      return { act: 'umts', values, ...none, rssi: rssi(a), rscp: rscp(b), ecio: ecio(c) };
    case 'LTE':
      return { act: 'lte', values, ...none, rssi: rssi(a), rsrp: rsrp(b), sinr: sinr(c), rsrq: rsrq(d) };
    case 'NR':
      return { act: '5gnr', values, ...none, rsrp: rsrp(a), sinr: sinr(b), rsrq: rsrq(c) };
    default:
      return null;
  }
}

export const hcsq: readonly LineDecoder[] = [
  { kind: 'hcsq', names: ['^HCSQ'], specification: 'Huawei AT command interface specification, ^HCSQ', decode: signalQuality },
];
