import { DeviceError } from '#native/errors.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { findChild, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { StatusError } from './status-error.ts';

/** A function's request or answer in JSON (SGP.22 v2.5 §6.5), `header` apart. */
export type JsonFields = Readonly<Record<string, unknown>>;

/** A text field. @throws StatusError 1.6/2.2 where it is missing or none */
export function requireText(fields: JsonFields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new StatusError('1.6/2.2', `"${name}" is missing.`);
  return value;
}

/** Base64 of the standard alphabet; line ends are passed over. @throws StatusError 1.6/2.1 where it is something else */
export function requireBytes(fields: JsonFields, name: string): Uint8Array {
  const text = requireText(fields, name).replaceAll(/\s+/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new StatusError('1.6/2.1', `"${name}" is no base64.`);
  }
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** One object with this tag, as base64. @throws StatusError 1.6/2.1 */
export function requireObject(fields: JsonFields, name: string, tag: number): Tlv {
  return asRequest(name, () => {
    const object = readTlv(requireBytes(fields, name));
    if (object.tag !== tag) throw new StatusError('1.6/2.1', `"${name}" begins with the wrong tag.`);
    return object;
  });
}

/** Runs a decoder on what the client sent: malformed bytes are the request's fault. @throws StatusError 1.6/2.1 */
export function asRequest<Value>(name: string, decode: () => Value): Value {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DeviceError) throw new StatusError('1.6/2.1', `"${name}" is malformed.`);
    throw error;
  }
}

/** A child that has to be there. @throws DeviceError CARD_ANSWER */
export function requireChild(parent: Tlv, tag: number): Tlv {
  const child = findChild(parent, tag);
  if (child === undefined) throw new DeviceError('CARD_ANSWER', { reason: `no ${tag.toString(16)}` });
  return child;
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** `5F37 40` and the 64 bytes of a plain signature. */
export function signatureObject(signature: Uint8Array): Uint8Array {
  return encodeTlv(0x5f37, signature);
}

export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return bytesToHex(one) === bytesToHex(other);
}
