import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';

/**
 * IMEI (3GPP TS 23.003 §6.2.1), some with the software version behind it. Modems for CDMA answer with an ESN of eight hexadecimal digits, written in
 * decimal too, or with an MEID of fourteen.
 */
function serialNumber(line: string): ExplainedFields | null {
  const parts = splitFields(line).flatMap((field) => field.split(/[:\s]+/));
  for (const part of parts) {
    if (/^\d{15}$/.test(part)) return { imei: part, softwareVersion: null };
    if (/^\d{16}$/.test(part) && parts.length === 1) return { imei: part.slice(0, 14), softwareVersion: part.slice(14) };
  }
  const digits = parts.map((part) => part.replace(/^0x/i, ''));
  const meid = digits.map((part) => part.replace(/^00/, '')).find((part) => /^A[0-9A-F]{13}$/i.test(part));
  const esn = digits.findLast((part, index) => /^[0-9A-F]{7,8}$/i.test(part) && (/^0x/i.test(parts[index] ?? '') || parts.length === 1));
  if (meid === undefined && esn === undefined) return null;
  return { esn: esn?.toUpperCase().padStart(8, '0') ?? null, meid: meid?.toUpperCase() ?? null };
}

export const cgsn: readonly LineDecoder[] = [
  {
    kind: 'cgsn',
    names: ['+CGSN', '+GSN', 'IMEI', 'ESN', 'MEID'],
    specification: '3GPP TS 27.007 §5.4',
    decode: serialNumber,
    decodeBare: serialNumber,
  },
];
