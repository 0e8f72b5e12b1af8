import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { fieldsOf, wholeNumber } from '../line-fields.ts';

/** The vendors' commands for the card's number; 3GPP TS 27.007 §8.57 has +CCID only since release 12. */
export type IccidVariant = '+QCCID' | '+CCID' | '+ICCID' | '+CICCID' | '^ICCID?' | '#CCID' | '%XICCID';

/**
 * ICCID as people read it: 18 to 20 digits (ITU-T E.118, ETSI TS 102 221 §13.2). Some modems print the file as it lies on the card, with
 * the digits of each byte swapped and an F at the end.
 */
export function readableIccid(text: string): string | null {
  if (!/^\d{18,20}[Ff]{0,2}$|^[0-9Ff]{20}$/.test(text)) return null;
  const straight = text.replace(/[Ff]+$/, '');
  if (/^\d{18,20}$/.test(straight) && !straight.startsWith('98')) return straight;
  const swapped = swapNibbles(text).replace(/[Ff]+$/, '');
  if (/^89\d{16,18}$/.test(swapped)) return swapped;
  return /^\d{18,20}$/.test(straight) ? straight : null;
}

/** Exchanges the two digits of each byte. */
export function swapNibbles(hex: string): string {
  return hex.replace(/(.)(.)/g, '$2$1');
}

export const iccidCommand: AtCommand<IccidVariant, string> = {
  name: '+CCID',
  specification: '3GPP TS 27.007 §8.57; vendors’ manuals for the other names',
  encode: (variant) => `AT${variant}`,
  decode(lines) {
    for (const line of lines) {
      const match = /^(?:[+^#%](?:[A-Z]*ICCID|Q?CCID)\s*:\s*)?"?([0-9Ff]{18,22})"?(?:,.*)?$/i.exec(line);
      const iccid = match?.[1] === undefined ? null : readableIccid(match[1]);
      if (iccid !== null) return iccid;
    }
    throw answerError('+CCID', lines);
  },
};

/**
 * The same from the card's file EF-ICCID (identifier 2FE2, ten bytes; ETSI TS 102 221 §13.2), for modems without a command of
 * their own.
 */
export const iccidFileCommand: AtCommand<void, string> = {
  name: '+CRSM',
  specification: '3GPP TS 27.007 §8.18',
  encode: () => 'AT+CRSM=176,12258,0,0,10',
  decode(lines) {
    const fields = fieldsOf(lines, '+CRSM');
    const status = wholeNumber(fields?.[0]);
    const data = fields?.[2] ?? '';
    const success = status === 0x90 || status === 0x91;
    const digits = /^[0-9A-Fa-f]{20}$/.test(data) ? swapNibbles(data).replace(/[Ff]+$/, '') : '';
    if (!success || !/^\d{18,20}$/.test(digits)) throw answerError('+CRSM', lines);
    return digits;
  },
};
