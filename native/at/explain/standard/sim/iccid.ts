import { readableIccid } from '../../../commands/iccid.ts';
import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';

function decodeIccid(rest: string): ExplainedFields | null {
  const iccid = readableIccid(splitFields(rest)[0] ?? '');
  return iccid === null ? null : { iccid };
}

export const iccid: readonly LineDecoder[] = [
  {
    kind: 'iccid',
    names: ['+CCID', '+ICCID', '+QCCID', '+CICCID', '^ICCID', '#CCID', '%XICCID', '!ICCID', '+ZGETICCID', 'ICCID'],
    specification: '3GPP TS 27.007 §8.57; ITU-T E.118',
    decode: decodeIccid,
    decodeBare: decodeIccid,
  },
];
