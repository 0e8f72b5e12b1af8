import { bytesToHex } from '../../euicc/tlv/hex.ts';
import { isDeviceError } from '../../errors.ts';
import { parseServerAddress } from '../server-address.ts';
import {
  type JsonObject,
  type RspFunction,
  checkStatus,
  isJsonObject,
  requireTlv,
  requireTransactionId,
  toBase64,
  unusable,
  usualDeadlineMs,
} from './rsp-function.ts';

const name = 'authenticateClient';
const maxEvents = 100;

export type AuthenticateClientArguments = { readonly transactionId: Uint8Array; readonly response: Uint8Array };

export type OfferedProfile = {
  readonly kind: 'profile';
  readonly transactionId: Uint8Array;
  readonly profileMetadata: Uint8Array; // BF25
  readonly smdpSigned2: Uint8Array;
  readonly smdpSignature2: Uint8Array;
  readonly smdpCertificate: Uint8Array;
};
/** What waits for this eUICC, and where: at an SM-DP+, or at another SM-DS (SGP.22 v2.5 §5.8.2). */
export type EventEntry = { readonly eventId: string; readonly rspServerAddress: string };
export type EventList = { readonly kind: 'events'; readonly transactionId: Uint8Array; readonly events: readonly EventEntry[] };

/**
 * AuthenticateClient of ES9+ (SGP.22 v2.5 §5.6.3) and of ES11 (§5.8.2). An address does not tell which of the two a server is: the answer
 * does.
 */
export const authenticateClient: RspFunction<AuthenticateClientArguments, OfferedProfile | EventList> = {
  name,
  deadlineMs: usualDeadlineMs,
  repeatable: false,
  encode: ({ transactionId, response }) => ({
    transactionId: bytesToHex(transactionId),
    authenticateServerResponse: toBase64(response),
  }),
  decode: (body) => {
    checkStatus(body, name);
    const transactionId = requireTransactionId(body, name);
    if (body['smdpSigned2'] === undefined && body['eventEntries'] !== undefined)
      return { kind: 'events', transactionId, events: readEvents(body) };
    return {
      kind: 'profile',
      transactionId,
      profileMetadata: requireTlv(body, 'profileMetadata', 0xbf25, name),
      smdpSigned2: requireTlv(body, 'smdpSigned2', 0x30, name),
      smdpSignature2: requireTlv(body, 'smdpSignature2', 0x5f37, name),
      smdpCertificate: requireTlv(body, 'smdpCertificate', 0x30, name),
    };
  },
};

/** Whether an SM-DS says that nothing waits: 8.9.5/3.9 stands for an empty list there. */
export function isNoEvent(error: unknown): boolean {
  return isDeviceError(error) && error.details['subjectCode'] === '8.9.5' && error.details['reasonCode'] === '3.9';
}

function readEvents(body: JsonObject): readonly EventEntry[] {
  const entries: unknown = body['eventEntries'];
  if (!Array.isArray(entries) || entries.length > maxEvents) throw unusable(name, 'eventEntries', 'structure');
  return entries.map((entry: unknown) => {
    const [eventId, rspServerAddress] = isJsonObject(entry) ? [entry['eventId'], entry['rspServerAddress']] : [];
    const isEvent = typeof eventId === 'string' && /^[\x21-\x7E]{1,255}$/.test(eventId);
    if (!isEvent || typeof rspServerAddress !== 'string' || parseServerAddress(rspServerAddress.trim()) === null)
      throw unusable(name, 'eventEntries', 'structure');
    return { eventId, rspServerAddress: rspServerAddress.trim() };
  });
}
