import { randomBytes } from 'node:crypto';
import { DeviceError } from '#native/errors.ts';
import { decodeInteger, decodeUnsigned } from '#native/euicc/tlv/integer.ts';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { childrenOf, findChild, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { hasRole, isIssuedBy, isValidAt, parseCertificate, permitsEuicc } from '../pki/certificate.ts';
import type { Certificate } from '../pki/certificate.ts';
import { sign, verify } from '../pki/elliptic-key.ts';
import type { PublicKey } from '../pki/elliptic-key.ts';
import type { Credential } from '../pki/load-pki.ts';
import type { JsonFields } from './message-fields.ts';
import {
  asRequest,
  equalBytes,
  requireBytes,
  requireChild,
  requireObject,
  requireText,
  signatureObject,
  toBase64,
} from './message-fields.ts';
import { StatusError } from './status-error.ts';

/** An exchange that has begun: what the server said, to be found again in what the eUICC signs. */
export type Challenge = {
  /** Sixteen bytes. */
  readonly transactionId: Uint8Array;
  readonly serverAddress: string;
  readonly serverChallenge: Uint8Array;
};

/** An eUICC whose chain and signature were checked. */
export type AuthenticatedEuicc = {
  /** 32 digits. */
  readonly eid: string;
  readonly publicKey: PublicKey;
  /** What the LPA asks for: a token of an activation code or the number of an event; empty where there is none. */
  readonly matchingId: string;
  /** Bytes of non-volatile memory, or null where the chip does not say. */
  readonly freeMemory: number | null;
  /** The whole `5F37` object, which the server's next signature covers. */
  readonly signature: Uint8Array;
};

/** What a server proves itself with, and the root that it accepts. */
export type Authenticator = {
  readonly credential: Credential;
  readonly ci: Certificate;
  /** 8.8 for an SM-DP+, 8.9 for an SM-DS: the subject that its refusals name. */
  readonly subject: '8.8' | '8.9';
  /** Whether this address is the server's. */
  serves(address: string): boolean;
};

/** Lowest and highest specification version that is accepted, by its first octet (SGP.22 2.x, and 3.x chips that keep to it). */
const acceptedMajors = [2, 3];

/**
 * InitiateAuthentication (SGP.22 v2.5 §5.6.1, §5.8.1).
 * @throws StatusError with the subjects of the server: address, versions, roots
 */
export function beginAuthentication(authenticator: Authenticator, request: JsonFields): { challenge: Challenge; answer: JsonFields } {
  const { credential, ci, subject } = authenticator;
  const serverAddress = requireText(request, 'smdpAddress');
  if (!authenticator.serves(serverAddress)) throw new StatusError(`${subject}.1/3.8`, 'This is another server.');
  const euiccChallenge = requireBytes(request, 'euiccChallenge');
  if (euiccChallenge.length !== 16) throw new StatusError('1.6/2.1', 'A challenge has sixteen bytes.');
  const info = requireObject(request, 'euiccInfo1', 0xbf20);
  const root = ci.subjectKeyIdentifier ?? new Uint8Array(0);
  asRequest('euiccInfo1', () => {
    if (!acceptedMajors.includes(requireChild(info, 0x82).value[0] ?? 0)) {
      throw new StatusError(`${subject}.3/3.1`, 'This version of the specification is not supported.');
    }
    const lists = (tag: number): boolean => childrenOf(requireChild(info, tag)).some(({ value }) => equalBytes(value, root));
    // The chip signs under a root of AA, and checks this server under a root of A9.
    if (!lists(0xaa)) throw new StatusError(`${subject}.2/3.1`, 'None of the roots of this eUICC is supported.');
    if (!lists(0xa9)) throw new StatusError(`${subject}.4/3.7`, 'There is no certificate under a root that this eUICC trusts.');
  });

  const challenge: Challenge = { transactionId: randomBytes(16), serverAddress, serverChallenge: randomBytes(16) };
  const serverSigned1 = encodeTlv(
    0x30,
    encodeTlv(0x80, challenge.transactionId),
    encodeTlv(0x81, euiccChallenge),
    encodeTlv(0x83, encodeText(serverAddress)),
    encodeTlv(0x84, challenge.serverChallenge),
  );
  return {
    challenge,
    answer: {
      transactionId: bytesToHex(challenge.transactionId),
      serverSigned1: toBase64(serverSigned1),
      serverSignature1: toBase64(signatureObject(sign(credential.key, serverSigned1))),
      euiccCiPKIdToBeUsed: toBase64(encodeTlv(0x04, root)),
      serverCertificate: toBase64(credential.certificate.der),
    },
  };
}

/**
 * The eUICC's half of AuthenticateClient (SGP.22 v2.5 §5.6.3): chain, signature, and that it answers this very exchange.
 * @throws StatusError of the subjects 8.1 (eUICC), 8.1.2 (EUM), 8.1.3 (its certificate), 8.11.1 (root)
 */
export function checkAuthentication(ci: Certificate, challenge: Challenge, request: JsonFields, now: number): AuthenticatedEuicc {
  const response = requireObject(request, 'authenticateServerResponse', 0xbf38);
  return asRequest('authenticateServerResponse', () => {
    const refusal = findChild(response, 0xa1);
    if (refusal !== undefined) {
      const code = decodeInteger(requireChild(refusal, 0x02).value);
      throw new StatusError('1.6/2.1', `The eUICC did not accept this server (${code}).`);
    }
    const [signed, signature, euiccDer, eumDer] = childrenOf(requireChild(response, 0xa0));
    if (signed?.tag !== 0x30 || signature?.tag !== 0x5f37 || euiccDer?.tag !== 0x30 || eumDer?.tag !== 0x30) {
      throw new StatusError('1.6/2.1', 'The eUICC answered something else.');
    }
    const { eid, publicKey } = checkChain(ci, euiccDer.raw, eumDer.raw, now);
    if (!verify(publicKey, signed.raw, signature.value)) throw new StatusError('8.1/6.1', 'The signature of the eUICC is wrong.');
    const isAnswer =
      equalBytes(requireChild(signed, 0x80).value, challenge.transactionId) &&
      equalBytes(requireChild(signed, 0x83).value, encodeText(challenge.serverAddress)) &&
      equalBytes(requireChild(signed, 0x84).value, challenge.serverChallenge);
    if (!isAnswer) throw new StatusError('8.1/6.1', 'The eUICC answered another exchange.');
    const matching = findChild(requireChild(signed, 0xa0), 0x80);
    return {
      eid,
      publicKey,
      matchingId: matching === undefined ? '' : new TextDecoder().decode(matching.value),
      freeMemory: readFreeMemory(requireChild(signed, 0xbf22)),
      signature: signature.raw,
    };
  });
}

/** The chain of an eUICC up to the root. @throws StatusError that says which certificate is wrong */
export function checkChain(
  ci: Certificate,
  euiccDer: Uint8Array,
  eumDer: Uint8Array,
  now: number,
): { readonly eid: string; readonly publicKey: PublicKey } {
  const eum = readCertificate(eumDer, '8.1.2/6.1');
  const euicc = readCertificate(euiccDer, '8.1.3/6.1');
  if (!equalBytes(eum.authorityKeyIdentifier ?? new Uint8Array(0), ci.subjectKeyIdentifier ?? new Uint8Array(0))) {
    throw new StatusError('8.11.1/3.9', "The root of the eUICC's chain is unknown.");
  }
  if (!isIssuedBy(eum, ci) || !hasRole(eum, 'eum')) throw new StatusError('8.1.2/6.1', 'The EUM certificate is not right.');
  if (!isValidAt(eum, now)) throw new StatusError('8.1.2/6.3', 'The EUM certificate has expired.');
  const eid = euicc.subject.serialNumber ?? '';
  if (!isIssuedBy(euicc, eum) || !hasRole(euicc, 'euicc') || !permitsEuicc(eum, euicc) || !/^\d{32}$/.test(eid)) {
    throw new StatusError('8.1.3/6.1', 'The eUICC certificate is not right.');
  }
  if (!isValidAt(euicc, now)) throw new StatusError('8.1.3/6.3', 'The eUICC certificate has expired.');
  return { eid, publicKey: euicc.publicKey };
}

function readCertificate(der: Uint8Array, codes: '8.1.2/6.1' | '8.1.3/6.1'): Certificate {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof DeviceError) throw new StatusError(codes, 'There is no certificate to be read.');
    throw error;
  }
}

/** Free non-volatile memory out of extCardResource, `84 { 81 applications, 82 non-volatile, 83 volatile }` (SGP.22 v2.5 §4.2). */
function readFreeMemory(info: Tlv): number | null {
  const resource = findChild(info, 0x84);
  if (resource === undefined) return null;
  // The content is a run of TLVs in a primitive tag.
  const free = findChild(readTlv(encodeTlv(0x30, resource.value)), 0x82);
  return free === undefined ? null : decodeUnsigned(free.value);
}

/** The bytes of a transaction's number as JSON has it, in either case. */
export function transactionKey(request: JsonFields): string {
  const text = requireText(request, 'transactionId').toUpperCase();
  if (!/^(?:[0-9A-F]{2}){1,16}$/.test(text)) throw new StatusError('1.6/2.1', '"transactionId" is no number of hex digits.');
  return bytesToHex(hexToBytes(text));
}
