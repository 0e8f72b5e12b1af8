import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { isDeviceError } from '#native/errors.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { parseCertificate } from '../../pki/certificate.ts';
import { StatusWordError, statusWords } from '../status-word.ts';

/** What AuthenticateServer and PrepareDownload have in common: `tag{ 30 signed part, 5F37 signature, …, 30 certificate, … }`. */
export type SignedMessage = {
  readonly signed: Tlv;
  readonly signature: Tlv;
  /** DER; null where it is none that can be read. */
  readonly certificate: Certificate | null;
  /** The other fields. */
  readonly field: (tag: number) => Tlv | undefined;
};

/** @throws StatusWordError 6A80 where a part is missing */
export function readSignedMessage(request: Tlv): SignedMessage {
  const fields = childrenOf(request);
  const [signed, certificate] = fields.filter(({ tag }) => tag === 0x30);
  const signature = fields.find(({ tag }) => tag === 0x5f37);
  if (signed === undefined || certificate === undefined || signature === undefined) throw new StatusWordError(statusWords.wrongData);
  return {
    signed,
    signature,
    certificate: readCertificate(certificate),
    field: (tag) => fields.find((field) => field.tag === tag),
  };
}

function readCertificate({ raw }: Tlv): Certificate | null {
  try {
    // Read as an object of its own: how deep it lay in the message does not count.
    return parseCertificate(readTlv(raw).raw);
  } catch (error) {
    if (isDeviceError(error)) return null;
    throw error;
  }
}

/** The transaction as the server's signed part names it; empty where it names none. */
export function transactionOf(request: Tlv): Uint8Array {
  const signed = childrenOf(request).find(({ tag }) => tag === 0x30);
  const identifier = signed === undefined ? undefined : childrenOf(signed).find(({ tag }) => tag === 0x80);
  return identifier?.value ?? new Uint8Array();
}

/** `tag { A1 { 80 transactionId, 02 errorCode } }`. */
export function encodeRspError(request: Tlv, code: number): Uint8Array {
  return encodeTlv(request.tag, encodeTlv(0xa1, encodeTlv(0x80, transactionOf(request)), encodeTlv(0x02, encodeInteger(code))));
}
