import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { decimal, hexDigits, namedFields, readFields, scaled, whole } from '../../readers.ts';
import { eutraRsrp, eutraRsrq } from '../../standard/signal/signal-scales.ts';

/** The network on a line of four fields; the cell of LTE on one of more than twenty, with bandwidths in resource blocks. */
function servingCell(line: string): ExplainedFields | null {
  const fields = splitFields(line);
  const [technology = '', , mcc = '', mnc = ''] = fields;
  if (fields.length === 4 && technology === '6') return { rat: 'LTE', mcc: digits(mcc), mnc: digits(mnc) };
  if (fields.length < 20) return null;
  const [, , , blocks = '', , , , , , , rsrp = '', rsrq = '', sinr = ''] = fields;
  const place = namedFields(fields, [
    ['earfcn', scaled(0, 65_534, (channel) => channel)],
    ['band', scaled(1, 254, (band) => band)],
    ['ulBlocks', whole],
    ['dlBlocks', whole],
    ['tac', hexDigits],
    ['cellId', hexDigits],
    ['pci', scaled(0, 503, (pci) => pci)],
  ]);
  const bandwidth = whole(blocks);
  return place === null
    ? null
    : {
        ...place,
        dlBandwidthMHz: bandwidth === null || bandwidth > 100 ? null : bandwidth === 6 ? 1.4 : bandwidth / 5,
        rsrp: eutraRsrp(rsrp),
        rsrq: eutraRsrq(rsrq),
        sinr: decimal(sinr) === 255 ? null : decimal(sinr),
      };
}

function digits(text: string): string | null {
  return /^\d{2,3}$/.test(text) ? text : null;
}

export const ucged: readonly LineDecoder[] = [
  {
    kind: 'ucged',
    names: ['+UCGED'],
    specification: 'u-blox cellular modules AT commands manual, +UCGED',
    decode: (rest) => readFields(rest, [['mode', whole]]),
    decodeBare: servingCell,
    merge: (before, further) => ({ ...before, ...further }),
  },
];
