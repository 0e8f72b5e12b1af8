import { splitFields } from '../../../line-fields.ts';
import { bandOfChannel } from '../../bands.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, hexNumber, namedFields, signed, whole } from '../../readers.ts';
import { measured } from './measured.ts';

function servingCell(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const [rat = '', mcc = '', mnc = '', channel = ''] = fields;
  const common = { rat: rat.toUpperCase(), mcc, mnc, channel: whole(channel) };
  if (common.rat === 'NR') {
    const value = namedFields(fields.slice(4), [
      ['scs', whole],
      ['cellId', hexDigits],
      ['pci', hexNumber],
      ['tac', hexDigits],
      ['rsrp', measured('rsrp')],
      ['rsrq', measured('rsrq')],
      ['sinr', measured('sinr')],
    ]);
    return value === null ? null : { ...common, ...value, rssi: null, band: bandOfChannel('NR', common.channel) };
  }
  if (common.rat !== 'LTE') return null;
  const value = namedFields(fields.slice(4), [
    ['cellId', hexDigits],
    ['pci', hexNumber],
    ['tac', hexDigits],
    ['rsrp', measured('rsrp')],
    ['rsrq', measured('rsrq')],
    ['rssi', signed],
  ]);
  return value === null ? null : { ...common, ...value, scs: null, sinr: null, band: bandOfChannel('LTE', common.channel) };
}

export const monsc: readonly LineDecoder[] = [
  { kind: 'monsc', names: ['^MONSC'], specification: 'Huawei AT command interface specification, ^MONSC', decode: servingCell },
];
