import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, namedFields, type NamedReader, signed, whole, word } from '../../readers.ts';

/** Bandwidths in megahertz by their number. */
const eutraBandwidths = [1.4, 3, 5, 10, 15, 20];
const nrBandwidths = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 200, 400];

function bandwidth(list: readonly number[]): (text: string) => number | null {
  return (text) => list[whole(text) ?? -1] ?? null;
}

/** `-` stands for what is not known. */
const level = signed;

const cell: readonly NamedReader[] = [
  ['mcc', word],
  ['mnc', word],
  ['cellId', hexDigits],
  ['pci', whole],
];
const eutra: readonly NamedReader[] = [
  ...cell,
  ['earfcn', whole],
  ['band', whole],
  ['ulBandwidthMHz', bandwidth(eutraBandwidths)],
  ['dlBandwidthMHz', bandwidth(eutraBandwidths)],
  ['tac', hexDigits],
  ['rsrp', level],
  ['rsrq', level],
  ['rssi', level],
  ['sinr', level],
];
const standalone: readonly NamedReader[] = [
  ['tac', hexDigits],
  ['arfcn', whole],
  ['band', whole],
  ['dlBandwidthMHz', bandwidth(nrBandwidths)],
  ['rsrp', level],
  ['rsrq', level],
  ['sinr', level],
];
const nonStandalone: readonly NamedReader[] = [
  ['mcc', word],
  ['mnc', word],
  ['pci', whole],
  ['rsrp', level],
  ['sinr', level],
  ['rsrq', level],
  ['arfcn', whole],
  ['band', whole],
  ['dlBandwidthMHz', bandwidth(nrBandwidths)],
];
const utra: readonly NamedReader[] = [
  ['mcc', word],
  ['mnc', word],
  ['lac', hexDigits],
  ['cellId', hexDigits],
  ['uarfcn', whole],
  ['psc', whole],
  ['rac', whole],
  ['rscp', level],
  ['ecio', level],
];
const gsm: readonly NamedReader[] = [
  ['mcc', word],
  ['mnc', word],
  ['lac', hexDigits],
  ['cellId', hexDigits],
  ['bsic', whole],
  ['arfcn', whole],
  ['band', word],
  ['rxlev', level],
];

/** What follows the technology. Some firmwares leave out the duplex mode and, with it, the area. */
function cellOf(rat: string, fields: readonly string[]): ExplainedFields | null {
  const hasDuplex = /^[FT]DD$/i.test(fields[0] ?? '');
  const duplex = hasDuplex ? (fields[0] ?? '').toUpperCase() : null;
  const rest = hasDuplex ? fields.slice(1) : fields;
  if (rat === 'LTE' || /^(?:CAT-?|EMTC|NB)/.test(rat)) return withDuplex(duplex, namedFields(rest, eutra, 2));
  if (rat === 'NR5G-NSA') return namedFields(rest, nonStandalone, 2);
  if (rat.startsWith('NR5G')) return withDuplex(duplex, namedFields(rest, [...cell, ...(hasDuplex ? standalone : standalone.slice(1))], 2));
  if (rat === 'WCDMA') return namedFields(rest, utra, 2);
  return rat === 'GSM' ? namedFields(rest, gsm, 2) : null;
}

function withDuplex(duplex: string | null, value: ExplainedFields | null): ExplainedFields | null {
  return value === null ? null : { duplex, ...value };
}

/** The serving cell on one line or, where LTE and NR serve together, on three: the state, then each technology in a line of its own. */
function servingCell(rest: string): ExplainedFields | null {
  const [first = '', state = '', rat = '', ...fields] = splitFields(rest);
  if (first === 'servingcell') {
    if (state === '') return null;
    if (rat === '') return { state, rat: null };
    return { state, rat, ...cellOf(rat, fields) };
  }
  const own = cellOf(first, [state, rat, ...fields]);
  if (own === null) return null;
  return first === 'LTE' ? { lte: own } : { nr: { rat: first, ...own } };
}

/** `"neighbourcell intra","LTE",<earfcn>,<pci>,<rsrq>,<rsrp>,<rssi>,<sinr>…`; NR has RSRP first. */
function neighbourCell(rest: string): ExplainedFields | null {
  const [first = '', rat = '', ...fields] = splitFields(rest);
  if (!first.startsWith('neighbourcell')) return null;
  const isNr = rat.startsWith('NR');
  const value = namedFields(
    fields,
    isNr
      ? [
          ['arfcn', whole],
          ['pci', whole],
          ['rsrp', level],
          ['rsrq', level],
          ['sinr', level],
        ]
      : [
          ['earfcn', whole],
          ['pci', whole],
          ['rsrq', level],
          ['rsrp', level],
          ['rssi', level],
          ['sinr', level],
        ],
  );
  return value === null ? null : { cells: [{ rat, relation: word(first.slice('neighbourcell'.length).trim()), ...value }] };
}

export const qeng: readonly LineDecoder[] = [
  { kind: 'qeng-neighbour', names: ['+QENG'], specification: 'Quectel AT commands manuals, +QENG', decode: neighbourCell },
  {
    kind: 'qeng',
    names: ['+QENG'],
    specification: 'Quectel AT commands manuals, +QENG',
    decode: servingCell,
    merge: (before, further) => ({ ...before, ...further }),
  },
];
