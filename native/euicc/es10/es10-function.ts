import { DeviceError, type DeviceErrorCode } from '../../errors.ts';
import type { PolicyRule, ProfileSelector } from '../euicc.ts';
import { decodeBitString } from '../tlv/bit-string.ts';
import { encodeIccid } from '../tlv/digits.ts';
import { bytesToHex, hexToBytes } from '../tlv/hex.ts';
import { decodeInteger } from '../tlv/integer.ts';
import { type Tlv, childrenOf, findChild, readTlvs } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';

/** One function of ES10 (SGP.22 v2.5 §5.7) without any input or output: what to send, and what the answer says. */
export type Es10Function<Args, Value> = {
  /** Name in the specification; rides along in error details and traces. */
  readonly name: string;
  /** The content of the STORE DATA script. @throws DeviceError where the arguments cannot be meant */
  readonly encode: (args: Args) => Uint8Array;
  /** What it says is not worth a command: `decode` gets nothing where it would cost one. */
  readonly answerIsDispensable?: boolean;
  /** @throws DeviceError CARD_ANSWER, or the code that the result in the answer stands for */
  readonly decode: (response: Uint8Array) => Value;
};

/** The object with this tag in an answer. @throws DeviceError CARD_ANSWER where there is none */
export function readAnswer(response: Uint8Array, tag: number, name: string): Tlv {
  const found = readTlvs(response).find((one) => one.tag === tag);
  if (found === undefined) throw new DeviceError('CARD_ANSWER', { command: name, reason: 'other tag' });
  return found;
}

/** The child with this tag. @throws DeviceError CARD_ANSWER where there is none */
export function requireChild(parent: Tlv, tag: number, name: string): Tlv {
  const found = findChild(parent, tag);
  if (found === undefined) throw new DeviceError('CARD_ANSWER', { command: name, reason: `no ${tag.toString(16).toUpperCase()}` });
  return found;
}

/** Result codes that mean the same in more than one function; 127 and unknown ones become EUICC_REFUSED. */
export type ResultCodes = Readonly<Record<number, DeviceErrorCode>>;

/**
 * Looks at the result of a function that answers with nothing else (`80 result`).
 * @throws DeviceError the code from the table, EUICC_REFUSED for any other result than 0, with `command` and `result`
 */
export function checkResult(response: Uint8Array, tag: number, name: string, codes: ResultCodes): void {
  const result = decodeInteger(requireChild(readAnswer(response, tag, name), 0x80, name).value);
  if (result !== 0) throw refusal(name, result, codes);
}

export function refusal(name: string, result: number, codes: ResultCodes = {}): DeviceError {
  return new DeviceError(codes[result] ?? 'EUICC_REFUSED', { command: name, result });
}

/** `5A iccid` or `4F aid`. @throws DeviceError PROFILE_NOT_FOUND where no profile can have such an identifier */
export function encodeSelector(profile: ProfileSelector): Uint8Array {
  if ('iccid' in profile) {
    if (!/^\d{18,20}$/.test(profile.iccid)) throw new DeviceError('PROFILE_NOT_FOUND');
    return encodeTlv(0x5a, encodeIccid(profile.iccid));
  }
  if (!/^(?:[0-9A-Fa-f]{2}){5,16}$/.test(profile.isdpAid)) throw new DeviceError('PROFILE_NOT_FOUND');
  return encodeTlv(0x4f, hexToBytes(profile.isdpAid));
}

/** VersionType, three octets, as `2.2.0`. @throws DeviceError CARD_ANSWER */
export function decodeVersion(content: Uint8Array): string {
  if (content.length !== 3) throw new DeviceError('CARD_ANSWER', { reason: 'version', length: content.length });
  return content.join('.');
}

/** A list of SubjectKeyIdentifier (`04`), upper-case hex, in the card's order of preference. */
export function decodeKeyIds(list: Tlv | undefined): readonly string[] {
  if (list === undefined) return [];
  return childrenOf(list)
    .filter(({ tag }) => tag === 0x04)
    .map(({ value }) => bytesToHex(value));
}

/** PprIds (SGP.22 v2.5 §2.9); rules that the specification does not name are left out. */
export function decodePolicyRules(content: Uint8Array): readonly PolicyRule[] {
  const names: readonly PolicyRule[] = ['pprUpdateControl', 'ppr1', 'ppr2'];
  return decodeBitString(content).flatMap((bit) => names[bit] ?? []);
}

/** A field that is only for information: what cannot be read is as good as absent. */
export function optionalField<T>(field: Tlv | undefined, decode: (content: Uint8Array) => T): T | null {
  if (field === undefined) return null;
  try {
    return decode(field.value);
  } catch {
    return null;
  }
}
