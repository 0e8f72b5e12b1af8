import type { ExplainedFields, LineDecoder } from '../../explanation.ts';

function decodeImsi(line: string): ExplainedFields | null {
  const digits = line.replace(/^"|"$/g, '');
  return /^\d{6,15}$/.test(digits) ? { imsi: digits, mcc: digits.slice(0, 3) } : null;
}

export const cimi: readonly LineDecoder[] = [
  {
    kind: 'cimi',
    names: ['+CIMI'],
    specification: '3GPP TS 27.007 §5.6',
    decode: decodeImsi,
    decodeBare: decodeImsi,
  },
];
