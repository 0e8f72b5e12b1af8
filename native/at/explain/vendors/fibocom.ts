import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { hexDigits, namedFields, readFields, scaled, signed, whole, word } from '../readers.ts';
import { eutraRsrp, eutraRsrq, nrRsrp, nrRsrq, nrSinr } from '../standard/signal.ts';

const manual = 'Fibocom FM350 and L8 AT commands manuals';

/** Bands of `+GTCAINFO`: E-UTRA by its number and 100, NR by its number behind a 50. */
function bandName(text: string): { readonly technology: string; readonly band: string } | null {
  if (/^50\d{1,3}$/.test(text)) return { technology: 'NR', band: `n${text.slice(2)}` };
  return /^1\d\d$/.test(text) ? { technology: 'LTE', band: `B${Number(text) - 100}` } : null;
}

/** `PCC:<band>,<pci>,<channel>,<bandwidth>,…`; the bandwidth is in resource blocks of which five are a megahertz. */
function carrier(name: string): LineDecoder {
  return {
    kind: 'gtcainfo',
    names: name === 'PCC' ? ['PCC'] : ['SCC', 'SCC 1', 'SCC 2', 'SCC 3', 'SCC 4', 'SCC1', 'SCC2', 'SCC3', 'SCC4'],
    specification: manual,
    decode(rest) {
      const fields = splitFields(rest);
      // A secondary carrier can have its state and direction in front of the band.
      const start = fields.findIndex((field) => bandName(field) !== null);
      const band = bandName(fields[start] ?? '');
      if (band === null) return null;
      const value = namedFields(fields.slice(start + 1), [
        ['pci', whole],
        ['channel', whole],
        ['dlBandwidth', whole],
      ]);
      if (value === null) return null;
      const blocks = value['dlBandwidth'];
      const one: ExplainedFields = { carrier: name, ...band, ...value, dlBandwidthMHz: typeof blocks === 'number' ? blocks / 5 : null };
      return { carriers: [one] };
    },
  };
}

/** `<rat>` of `+GTCCINFO`. */
const cellTechnologies: ReadonlyMap<string, string> = new Map([
  ['2', 'UMTS'],
  ['4', 'LTE'],
  ['9', 'NR'],
]);

/** The ratio of LTE comes in halves of a decibel. */
const eutraSinr = scaled(-100, 100, (index) => index / 2);

/**
 * A line of the list of cells, which has no name in front: `<serving or neighbour>,<rat>,<mcc>,<mnc>,<tac>,<cell>,<channel>,<pci>[,<band>],<bandwidth>…`.
 * The serving cell has the band and the ratio, a neighbour has neither.
 */
function cellLine(line: string): ExplainedFields | null {
  const fields = splitFields(line);
  const [role = '', technology = ''] = fields;
  const rat = cellTechnologies.get(technology);
  if (!/^[12]$/.test(role) || rat === undefined || rat === 'UMTS' || fields.length < 11) return null;
  const place = namedFields(
    fields.slice(2),
    [
      ['mcc', word],
      ['mnc', word],
      ['tac', hexDigits],
      ['cellId', hexDigits],
      ['channel', whole],
      ['pci', whole],
    ],
    0,
  );
  const serving = role === '1';
  const [band = '', , ratio = '', , rsrp = '', rsrq = ''] = serving ? fields.slice(8) : ['', '', '', ...fields.slice(9)];
  const isNr = rat === 'NR';
  return {
    cells: [
      {
        serving,
        rat,
        ...place,
        band: bandName(band)?.band ?? null,
        rsrp: (isNr ? nrRsrp : eutraRsrp)(rsrp),
        rsrq: (isNr ? nrRsrq : eutraRsrq)(rsrq),
        sinr: (isNr ? nrSinr : eutraSinr)(ratio),
      },
    ],
  };
}

export const fibocomDecoders: readonly LineDecoder[] = [
  carrier('PCC'),
  carrier('SCC'),
  {
    kind: 'gtccinfo',
    names: ['+GTCCINFO'],
    specification: manual,
    empty: { cells: [] },
    decode: (rest) => (rest === '' ? { cells: [] } : cellLine(rest)),
    decodeBare: cellLine,
  },
  {
    kind: 'epinc',
    names: ['+EPINC'],
    specification: manual,
    decode(rest) {
      const value = readFields(rest, [
        ['retries', whole],
        ['pin2Retries', whole],
        ['pukRetries', whole],
        ['puk2Retries', whole],
      ]);
      return value === null ? null : { code: 'SIM PIN', ...value };
    },
  },
  {
    kind: 'gtsenrdtemp',
    names: ['+GTSENRDTEMP'],
    specification: manual,
    decode(rest) {
      const value = readFields(
        rest,
        [
          ['sensor', whole],
          ['milliCelsius', signed],
          ['name', word],
        ],
        2,
      );
      return value === null ? null : { ...value, celsius: Number(value['milliCelsius']) / 1_000 };
    },
  },
  {
    kind: 'gtdualsim',
    names: ['+GTDUALSIM'],
    specification: manual,
    decode: (rest) =>
      readFields(rest, [
        ['slot', whole],
        ['state', word],
      ]),
  },
];
