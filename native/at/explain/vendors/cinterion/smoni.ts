import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { signed, whole } from '../../readers.ts';

const nothing = { rssi: null, rscp: null, ecn0: null, rsrp: null, rsrq: null };

/** The serving cell; what stands where depends on the technology. */
function monitor(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const gen = (fields[0] ?? '').toLowerCase();
  if (!['2g', '3g', '4g'].includes(gen)) return null;
  if (/^(?:SEARCH|NOCONN)$/i.test(fields[1] ?? '')) return { gen: 'none', ...nothing };
  const level = (index: number): number | null => signed(fields[index] ?? '');
  const channel = whole(fields[1] ?? '');
  if (gen === '2g') return { gen, channel, ...nothing, rssi: level(2) };
  if (gen === '3g') return { gen, channel, ...nothing, ecn0: level(3), rscp: level(4) };
  return { gen, channel, band: whole(fields[2] ?? ''), pci: whole(fields[10] ?? ''), ...nothing, rsrp: level(12), rsrq: level(13) };
}

export const smoni: readonly LineDecoder[] = [
  { kind: 'smoni', names: ['^SMONI'], specification: 'Cinterion AT command set, ^SMONI', decode: monitor },
];
