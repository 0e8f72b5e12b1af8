import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, namedFields, scaled, whole, word } from '../../readers.ts';
import { eutraRsrp, eutraRsrq, nrRsrp, nrRsrq, nrSinr } from '../../standard/signal/signal-scales.ts';
import { bandName } from './band-name.ts';

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

export const gtccinfo: readonly LineDecoder[] = [
  {
    kind: 'gtccinfo',
    names: ['+GTCCINFO'],
    specification: 'Fibocom FM350 and L8 AT commands manuals, +GTCCINFO',
    empty: { cells: [] },
    decode: (rest) => (rest === '' ? { cells: [] } : cellLine(rest)),
    decodeBare: cellLine,
  },
];
