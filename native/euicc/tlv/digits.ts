import { DeviceError } from '../../errors.ts';
import { bytesToHex, hexToBytes } from './hex.ts';

/**
 * Digits from swapped nibbles, the filler F at the end removed (TS 24.008 §10.5.4.7 calls it TBCD).
 * @throws DeviceError CARD_ANSWER where something else than a digit comes before the filler
 */
export function decodeSwappedDigits(content: Uint8Array): string {
  const digits = swapNibbles(bytesToHex(content)).replace(/F+$/, '');
  if (!/^\d*$/.test(digits)) throw new DeviceError('CARD_ANSWER', { reason: 'digits', length: content.length });
  return digits;
}

/** Digits to swapped nibbles, filled with F to `length` octets. @throws RangeError where they are no digits or do not fit */
export function encodeSwappedDigits(digits: string, length: number): Uint8Array {
  if (!/^\d*$/.test(digits) || digits.length > length * 2) throw new RangeError(`not ${length * 2} digits at most`);
  return hexToBytes(swapNibbles(digits.padEnd(length * 2, 'F')));
}

/** An ICCID as people read it, 18…20 digits; a few cards leave the tenth octet out. @throws DeviceError CARD_ANSWER */
export function decodeIccid(content: Uint8Array): string {
  const digits = decodeSwappedDigits(content);
  if (digits.length < 18 || digits.length > 20) throw new DeviceError('CARD_ANSWER', { reason: 'iccid', length: content.length });
  return digits;
}

/** An ICCID for the wire: always ten octets (SGP.22 v2.5 §5.7.15). @throws RangeError where it is not 18…20 digits */
export function encodeIccid(iccid: string): Uint8Array {
  if (!/^\d{18,20}$/.test(iccid)) throw new RangeError('an ICCID has 18 to 20 digits');
  return encodeSwappedDigits(iccid, 10);
}

/**
 * MCC and MNC, five or six digits (TS 24.008 §10.5.1.3: MCC2|MCC1, MNC3|MCC3, MNC2|MNC1).
 * The nibble E stands for any digit in policy tables and comes out as E.
 * @throws DeviceError CARD_ANSWER
 */
export function decodeMccMnc(content: Uint8Array): string {
  const nibbles = /^(.)(.)(.)(.)(.)(.)$/.exec(content.length === 3 ? bytesToHex(content) : '');
  if (nibbles === null) throw new DeviceError('CARD_ANSWER', { reason: 'mccMnc', length: content.length });
  const [, mcc2, mcc1, mnc3, mcc3, mnc2, mnc1] = nibbles;
  const text = `${mcc1}${mcc2}${mcc3}${mnc1}${mnc2}${mnc3 === 'F' ? '' : mnc3}`;
  if (!/^[\dE]+$/.test(text)) throw new DeviceError('CARD_ANSWER', { reason: 'mccMnc', length: content.length });
  return text;
}

/** The reverse of `decodeMccMnc`. @throws RangeError where it is not five or six digits */
export function encodeMccMnc(mccMnc: string): Uint8Array {
  if (!/^[\dE]{5,6}$/.test(mccMnc)) throw new RangeError('MCC and MNC have five or six digits');
  const [mcc1, mcc2, mcc3, mnc1, mnc2, mnc3 = 'F'] = mccMnc;
  return hexToBytes(`${mcc2}${mcc1}${mnc3}${mcc3}${mnc2}${mnc1}`);
}

function swapNibbles(hex: string): string {
  return hex.replaceAll(/(.)(.)/g, '$2$1');
}
