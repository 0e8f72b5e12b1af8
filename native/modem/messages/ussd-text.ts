import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeSeptets, encodeSeptets } from '../../sms/alphabet/gsm7.ts';
import { packUssdSeptets, unpackUssdSeptets } from '../../sms/alphabet/septets.ts';
import { decodeUcs2, encodeUcs2 } from '../../sms/alphabet/ucs2.ts';

/** A code or an answer as a modem with this character set (3GPP TS 27.007 §5.5) wants it. `null`: it cannot be written so. */
export function encodeUssdText(text: string, characterSet: string | null): string | null {
  switch (characterSet) {
    case 'UCS2':
      return bytesToHex(encodeUcs2(text));
    case 'HEX': {
      const septets = encodeSeptets(text);
      return septets === null ? null : bytesToHex(packUssdSeptets(septets));
    }
    default:
      return text;
  }
}

/**
 * What the network said. Modems give it as text, as UCS2 in hexadecimal, or as packed septets in hexadecimal, and do not always tell which.
 * Digits alone stay a number; what is hexadecimal by its looks only is read as what makes words.
 * @param dataCoding of the cell broadcast kind (3GPP TS 23.038 §5)
 */
export function decodeUssdText(text: string, dataCoding: number | null, characterSet: string | null): string {
  const hex = text.trim();
  if (hex.length >= 4 && hex.length % 2 === 0 && /^[0-9A-F]+$/i.test(hex)) {
    const octets = hexToBytes(hex);
    const wide = hex.length % 4 === 0 ? decodeUcs2(octets) : '';
    const packed = decodeSeptets(unpackUssdSeptets(octets));
    if (isReadable(wide) && (isUcs2(dataCoding) || characterSet === 'UCS2')) return wide;
    if (characterSet === 'HEX') return packed;
    const couldBeEither = hex.length >= 8 && /[A-F]/i.test(hex) && /\d/.test(hex);
    if (couldBeEither && isWords(packed)) return packed;
    if (couldBeEither && isReadable(wide)) return wide;
  }
  // What the default alphabet has in the places of these signs; no menu uses them for themselves.
  return characterSet === 'GSM' ? text.replaceAll(/[{|}~\\^]/g, (sign) => decodeSeptets(Uint8Array.of(sign.charCodeAt(0)))) : text;
}

/** §5: the groups 0100 to 0111 with the bits of UCS2, and 17, UCS2 behind a language. */
function isUcs2(dataCoding: number | null): boolean {
  if (dataCoding === null) return false;
  return dataCoding === 0x11 || (dataCoding >> 6 === 1 && ((dataCoding >> 2) & 3) === 2);
}

/** Letters, digits and marks of any script, and line ends. */
function isReadable(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{Sc}\p{Sm}\p{Zs}\r\n]+$/u.test(text);
}

/** Nine of ten signs are letters, digits and what stands between words: packed septets that are none decode too, but to noise. */
function isWords(text: string): boolean {
  return (text.match(/[A-Za-z0-9 .,:;\r\n]/g) ?? []).length * 10 >= text.length * 9;
}
