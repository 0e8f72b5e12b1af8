import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { namedFields, whole } from '../../readers.ts';
import { bandName } from './band-name.ts';

/** `PCC:<band>,<pci>,<channel>,<bandwidth>,…`; the bandwidth is in resource blocks of which five are a megahertz. */
function carrier(name: string): LineDecoder {
  return {
    kind: 'gtcainfo',
    names: name === 'PCC' ? ['PCC'] : ['SCC', 'SCC 1', 'SCC 2', 'SCC 3', 'SCC 4', 'SCC1', 'SCC2', 'SCC3', 'SCC4'],
    specification: 'Fibocom FM350 and L8 AT commands manuals, +GTCAINFO',
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

export const gtcainfo: readonly LineDecoder[] = [carrier('PCC'), carrier('SCC')];
