import { splitFields } from '../../../line-fields.ts';
import { bandOfChannel } from '../../bands.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexNumber, namedFields, signed, whole } from '../../readers.ts';
import { measured } from './measured.ts';

function neighbourCell(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const rat = (fields[0] ?? '').toUpperCase();
  if (rat !== 'NR' && rat !== 'LTE') return null;
  const value = namedFields(fields.slice(1), [
    ['channel', whole],
    ['pci', hexNumber],
    ['rsrp', measured('rsrp')],
    ['rsrq', measured('rsrq')],
    // Of LTE the strength follows, if anything does.
    rat === 'NR' ? ['sinr', measured('sinr')] : ['rssi', signed],
  ]);
  return value === null ? null : { cells: [{ rat, ...value, band: bandOfChannel(rat, whole(fields[1] ?? '')) }] };
}

export const monnc: readonly LineDecoder[] = [
  { kind: 'monnc', names: ['^MONNC'], specification: 'Huawei AT command interface specification, ^MONNC', decode: neighbourCell },
];
