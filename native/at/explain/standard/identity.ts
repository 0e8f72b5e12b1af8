import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';

function text(line: string): string | null {
  const words = line
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  return words === '' ? null : words.slice(0, 200);
}

/** The answer is free text, with or without the command's name in front. */
function freeText(kind: string, field: string, names: readonly string[], specification: string): LineDecoder {
  const decode = (line: string): ExplainedFields | null => {
    const words = text(line);
    return words === null ? null : { [field]: words };
  };
  return { kind, names, specification, decode, decodeBare: decode };
}

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

/** `Manufacturer: …`, `Model: …` of the answer to ATI: lines with names of their own (ITU-T V.250 §6.1.3). */
function labelled(label: string, field: string): LineDecoder {
  return freeText('ident', field, [label], 'ITU-T V.250 §6.1.3');
}

export const identityDecoders: readonly LineDecoder[] = [
  freeText('cgmi', 'manufacturer', ['+CGMI'], '3GPP TS 27.007 §5.1'),
  freeText('cgmm', 'model', ['+CGMM'], '3GPP TS 27.007 §5.2'),
  freeText('cgmr', 'revision', ['+CGMR'], '3GPP TS 27.007 §5.3'),
  freeText('ident', 'manufacturer', ['+GMI'], 'ITU-T V.250 §6.1.4'),
  freeText('ident', 'model', ['+GMM'], 'ITU-T V.250 §6.1.5'),
  freeText('ident', 'firmware', ['+GMR'], 'ITU-T V.250 §6.1.6'),
  labelled('MANUFACTURER', 'manufacturer'),
  labelled('MODEL', 'model'),
  labelled('REVISION', 'firmware'),
  {
    kind: 'cgsn',
    names: ['+CGSN', '+GSN', 'IMEI', 'ESN', 'MEID'],
    specification: '3GPP TS 27.007 §5.4',
    decode: serialNumber,
    decodeBare: serialNumber,
  },
  {
    kind: 'gcap',
    names: ['+GCAP'],
    specification: 'ITU-T V.250 §6.1.9',
    decode: (rest) => ({ capabilities: splitFields(rest).filter((name) => name !== '') }),
  },
];
