import { readableIccid } from '../../commands/iccid.ts';
import { simStateOfError, simStateOfWords } from '../../commands/sim-state.ts';
import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { readFields, whole, word } from '../readers.ts';
import { decodeRetries, statusWordMeaning } from './card-status.ts';

/** The codes that `+CPIN` can ask for (3GPP TS 27.007 §8.3). */
const codes: ReadonlySet<string> = new Set(
  ['READY', 'SIM PIN', 'SIM PUK', 'SIM PIN2', 'SIM PUK2', 'PH-SIM PIN'].concat(
    ['FSIM', 'NET', 'NETSUB', 'SP', 'CORP'].flatMap((lock) => [`PH-${lock} PIN`, `PH-${lock} PUK`]),
  ),
);

function lockOf(code: string): string {
  return code === 'READY' ? 'none' : codes.has(code) ? code.toLowerCase().replaceAll(' ', '-') : 'unknown';
}

function decodePin(rest: string): ExplainedFields | null {
  const words = rest.replace(/^"|"$/g, '').trim().toUpperCase();
  if (words === '') return null;
  return { state: simStateOfWords(words), lock: lockOf(words), pinCodeStatus: codes.has(words) ? words : null };
}

/** `"<code>",<retries>[,<default retries>]` */
function decodePinRetries(rest: string): ExplainedFields | null {
  const value = readFields(
    rest,
    [
      ['code', word],
      ['retries', whole],
      ['defaultRetries', whole],
    ],
    2,
  );
  return value !== null && typeof value['code'] === 'string' && codes.has(value['code']) ? value : null;
}

/** What a card answered to a command that went through the modem: an even number of hexadecimal digits with the status at its end. */
function cardAnswer(length: string, hex: string) {
  if (!/^(?:[0-9A-Fa-f]{2}){2,}$/.test(hex) || whole(length) !== hex.length) return null;
  const response = hex.toUpperCase();
  const status = response.slice(-4);
  return { response, data: response.slice(0, -4), statusWord: status, meaning: statusWordMeaning(status) };
}

function decodeIccid(rest: string): ExplainedFields | null {
  const iccid = readableIccid(splitFields(rest)[0] ?? '');
  return iccid === null ? null : { iccid };
}

function decodeImsi(line: string): ExplainedFields | null {
  const digits = line.replace(/^"|"$/g, '');
  return /^\d{6,15}$/.test(digits) ? { imsi: digits, mcc: digits.slice(0, 3) } : null;
}

export const simDecoders: readonly LineDecoder[] = [
  {
    kind: 'cpin',
    names: ['+CPIN'],
    specification: '3GPP TS 27.007 §8.3',
    decode: decodePin,
    decodeError: (code) => ({ state: simStateOfError(code), lock: errorLocks.get(code ?? -1) ?? 'unknown', pinCodeStatus: null }),
  },
  { kind: 'cpinr', names: ['+CPINR'], specification: '3GPP TS 27.007 §8.65', decode: decodePinRetries },
  {
    kind: 'clck',
    names: ['+CLCK'],
    specification: '3GPP TS 27.007 §7.4',
    decode(rest) {
      const value = readFields(rest, [
        ['status', whole],
        ['class', whole],
      ]);
      return value === null ? null : { ...value, enabled: value['status'] === 1 ? true : value['status'] === 0 ? false : null };
    },
  },
  {
    kind: 'crsm',
    names: ['+CRSM'],
    specification: '3GPP TS 27.007 §8.18',
    decode(rest) {
      const [first = '', second = '', data = ''] = splitFields(rest);
      const [sw1, sw2] = [whole(first), whole(second)];
      if (sw1 === null || sw2 === null || sw1 > 255 || sw2 > 255 || !/^(?:[0-9A-Fa-f]{2})*$/.test(data)) return null;
      const status = [sw1, sw2].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
      return { sw1, sw2, hex: data.toUpperCase(), meaning: statusWordMeaning(status) };
    },
  },
  {
    kind: 'csim',
    names: ['+CSIM'],
    specification: '3GPP TS 27.007 §8.17',
    decode(rest) {
      const [length = '', hex = ''] = splitFields(rest);
      const answer = cardAnswer(length, hex);
      return answer === null ? null : { ...answer, retries: decodeRetries(answer.statusWord) };
    },
  },
  {
    kind: 'ccho',
    names: ['+CCHO'],
    specification: '3GPP TS 27.007 §8.45',
    decode(rest) {
      const handle = splitFields(rest)[0] ?? '';
      return /^(?:0x)?[0-9A-Fa-f]{1,10}$/.test(handle) ? { session: handle } : null;
    },
    decodeBare: (line) => (/^\d{1,10}$/.test(line) ? { session: line } : null),
  },
  {
    kind: 'cgla',
    names: ['+CGLA'],
    specification: '3GPP TS 27.007 §8.43',
    decode(rest) {
      const [length = '', hex = ''] = splitFields(rest);
      return cardAnswer(length, hex);
    },
  },
  {
    kind: 'iccid',
    names: ['+CCID', '+ICCID', '+QCCID', '+CICCID', '^ICCID', '#CCID', '%XICCID', '!ICCID', '+ZGETICCID', 'ICCID'],
    specification: '3GPP TS 27.007 §8.57; ITU-T E.118',
    decode: decodeIccid,
    decodeBare: decodeIccid,
  },
  {
    kind: 'cimi',
    names: ['+CIMI'],
    specification: '3GPP TS 27.007 §5.6',
    decode: decodeImsi,
    decodeBare: decodeImsi,
  },
];

/** What an error of `AT+CPIN?` asks for (3GPP TS 27.007 §9.2.1). */
const errorLocks: ReadonlyMap<number, string> = new Map([
  [5, 'ph-sim-pin'],
  [6, 'ph-fsim-pin'],
  [7, 'ph-fsim-puk'],
  [11, 'sim-pin'],
  [12, 'sim-puk'],
  [17, 'sim-pin2'],
  [18, 'sim-puk2'],
  [40, 'ph-net-pin'],
  [41, 'ph-net-puk'],
  [42, 'ph-netsub-pin'],
  [43, 'ph-netsub-puk'],
  [44, 'ph-sp-pin'],
  [45, 'ph-sp-puk'],
  [46, 'ph-corp-pin'],
  [47, 'ph-corp-puk'],
]);
