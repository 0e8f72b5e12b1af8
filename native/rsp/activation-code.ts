import { DeviceError } from '../errors.ts';
import { parseServerAddress } from './server-address.ts';

/** What a QR code or a letter of the operator says (SGP.22 v2.5 §4.1). */
export type ActivationCode = {
  readonly smdpAddress: string;
  /** Case is kept. Empty: the server looks for an order by EID. */
  readonly matchingId: string;
  readonly smdpOid: string | null; // dotted decimal
  readonly confirmationCodeRequired: boolean;
};

/** Where a text stops being an activation code. */
export type ActivationCodePart = 'form' | 'version' | 'address' | 'matchingId' | 'smdpOid' | 'confirmationCodeFlag' | 'length';

/** The form that is expected, for the details of the error. */
export const activationCodeForm = 'LPA:1$address$matchingId[$oid[$1]]';

const maxCodeLength = 255;
/** A whole message may be pasted; nobody pastes a book. */
const maxTextLength = 8192;

/**
 * Reads an activation code in every form in which people come by one: upper or lower case, with or without `LPA:` or `LPA:1$`, broken
 * over lines, with full-width or URL-encoded signs, inside of a message, as an `lpa:` link or as the `carddata` of a web link.
 * @throws DeviceError ACTIVATION_CODE_INVALID with `part`, `at` (index in the cleaned text) and `expected`
 */
export function parseActivationCode(text: string): ActivationCode {
  if (text.length > maxTextLength) throw invalid('length', maxTextLength);
  const cleaned = clean(text);
  const packed = cleaned.replaceAll(/\s+/g, '');
  const whole = attempt(packed);
  if (!(whole instanceof DeviceError)) return whole;
  // Inside of other text the code ends at the first blank, or at a sign of Chinese punctuation.
  for (const [found] of cleaned.matchAll(/(?:lpa:\s*)?1\$[^\s\u3000-\u303F\uFF00-\uFFEF]+/giu)) {
    const inside = attempt(found.replaceAll(/\s+/g, '').replace(/[.,;:!?)\]}>"'’”。，；：！？）】》]+$/u, ''));
    if (!(inside instanceof DeviceError)) return inside;
  }
  throw whole;
}

/** The code in its full form, as a QR code holds it. */
export function formatActivationCode(code: ActivationCode): string {
  const flag = code.confirmationCodeRequired ? '$1' : '';
  const oid = code.smdpOid !== null || flag !== '' ? `$${code.smdpOid ?? ''}` : '';
  return `LPA:1$${code.smdpAddress}$${code.matchingId}${oid}${flag}`;
}

/** Without what cannot be seen; dollar, colon and stop as ASCII; the payload of a web link alone. */
function clean(text: string): string {
  const visible = text.replaceAll(/\p{Cf}/gu, '').replaceAll(/\p{Cc}/gu, ' ');
  const payload = /[?&#]carddata=([^&\s]*)/i.exec(visible)?.[1];
  const plain = (payload ?? visible).replaceAll(/%(24|3a|2e|2d|0a|0d|20)/gi, (_all, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
  return plain.replaceAll('＄', '$').replaceAll('：', ':').replaceAll('．', '.').trim();
}

function attempt(text: string): ActivationCode | DeviceError {
  try {
    return parseStrictly(text);
  } catch (error) {
    if (error instanceof DeviceError) return error;
    throw error;
  }
}

function parseStrictly(text: string): ActivationCode {
  const prefix = /^(?:lpa:\/{0,2})?/i.exec(text)?.[0].length ?? 0;
  const body = text.slice(prefix);
  if (body.length > maxCodeLength) throw invalid('length', maxCodeLength);
  const parts = body.split('$');
  const [first = '', second] = parts;
  if (second === undefined) throw invalid('form', text.length);
  // A version is a bare number; anything else in its place is the address of a code that was copied without its beginning.
  const hasVersion = /^\d+$/.test(first);
  if (hasVersion && first !== '1') throw invalid('version', prefix);
  if (first === '') throw invalid('version', prefix);
  const fields = hasVersion ? parts.slice(1) : parts;
  const begin = prefix + (hasVersion ? first.length + 1 : 0);
  const offset = (index: number): number => fields.slice(0, index).reduce((sum, field) => sum + field.length + 1, begin);

  const [address = '', matchingId = '', oid = '', flag = '', ...more] = fields;
  if (parseServerAddress(address) === null) throw invalid('address', offset(0));
  // Letters, digits and hyphens by the specification; servers in the field use other visible signs as well.
  if (!/^[\x21-\x7E]*$/.test(matchingId)) throw invalid('matchingId', offset(1));
  if (!/^(?:[0-2](?:\.\d+)+)?$/.test(oid)) throw invalid('smdpOid', offset(2));
  if (!/^[01]?$/.test(flag)) throw invalid('confirmationCodeFlag', offset(3));
  if (more.some((field) => field !== '') || more.length > 1) throw invalid('form', offset(4));
  return { smdpAddress: address.toLowerCase(), matchingId, smdpOid: oid === '' ? null : oid, confirmationCodeRequired: flag === '1' };
}

function invalid(part: ActivationCodePart, at: number): DeviceError {
  return new DeviceError('ACTIVATION_CODE_INVALID', { part, at, expected: activationCodeForm });
}
