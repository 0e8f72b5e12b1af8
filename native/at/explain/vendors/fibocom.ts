import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { namedFields, readFields, signed, whole, word } from '../readers.ts';

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

export const fibocomDecoders: readonly LineDecoder[] = [
  carrier('PCC'),
  carrier('SCC'),
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
