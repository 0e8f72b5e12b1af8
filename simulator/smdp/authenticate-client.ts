import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { sign } from '../pki/elliptic-key.ts';
import { checkAuthentication, transactionKey, type AuthenticatedEuicc } from './authentication.ts';
import { signatureObject, toBase64, type JsonFields } from './message-fields.ts';
import type { PlacedOrder } from './order-store.ts';
import { encodeProfileMetadata } from './profile-metadata.ts';
import type { SmdpContext } from './smdp-session.ts';
import { StatusError } from './status-error.ts';

/**
 * ES9+.AuthenticateClient (SGP.22 v2.5 §5.6.3): who asks, for which order, and what would be installed.
 * @throws StatusError; the session is then over
 */
export function authenticateClient(context: SmdpContext, request: JsonFields): JsonFields {
  const key = transactionKey(request);
  const session = context.sessions.require(key);
  context.sessions.close(key);
  if (session.step !== 'initiated') throw new StatusError('8.10.1/3.9', 'This session is past its authentication.');
  const { challenge } = session;
  const euicc = checkAuthentication(context.authenticator.ci, challenge, request, context.now());
  const placed = chooseOrder(context, euicc);
  const { order, progress } = placed;

  // The chip may still have the key of a download that broke off: with it the same package serves again (SGP.22 v2.5 §3.1.3).
  const kept = progress.binding?.eid === euicc.eid ? [encodeTlv(0x5f49, hexToBytes(progress.binding.euiccKey))] : [];
  const smdpSigned2 = encodeTlv(
    0x30,
    encodeTlv(0x80, challenge.transactionId),
    encodeTlv(0x01, Uint8Array.of(order.confirmationCode === null ? 0x00 : 0xff)),
    ...kept,
  );
  const signature2 = signatureObject(sign(context.binder.key, concatBytes(smdpSigned2, euicc.signature)));
  context.sessions.open(key, { step: 'authenticated', challenge, euicc, matchingId: order.matchingId, signature2 });
  return {
    transactionId: bytesToHex(challenge.transactionId),
    profileMetadata: toBase64(encodeProfileMetadata(order.profile, challenge.serverAddress)),
    smdpSigned2: toBase64(smdpSigned2),
    smdpSignature2: toBase64(signature2),
    smdpCertificate: toBase64(context.binder.certificate.der),
  };
}

/** The order that is meant, if this chip may have it now. @throws StatusError */
function chooseOrder({ store, now }: SmdpContext, euicc: AuthenticatedEuicc): PlacedOrder {
  const placed = euicc.matchingId === '' ? store.findReserved(euicc.eid) : store.find(euicc.matchingId);
  if (placed === null) {
    throw euicc.matchingId === ''
      ? new StatusError('8.2.5/4.3', 'Nothing waits for this eUICC.')
      : new StatusError('8.2.6/3.8', 'There is no such order.');
  }
  const { order, progress } = placed;
  const holder = order.eid ?? (order.reusable ? null : progress.eid);
  if (progress.state === 'installed' || progress.state === 'error') throw new StatusError('8.2.6/3.8', 'This order is used up.');
  if (holder !== null && holder !== euicc.eid) throw new StatusError('8.1.1/3.8', 'This order is for another eUICC.');
  if (progress.state === 'available') throw new StatusError('8.2/1.2', 'This order has not been released yet.');
  if (isExpired(placed, now())) throw new StatusError('8.8.5/4.10', 'This order has expired.');
  if (!order.reusable && progress.downloads >= order.downloadTries) throw new StatusError('8.8.5/6.4', 'This order was tried too often.');
  if (euicc.freeMemory !== null && euicc.freeMemory < order.profile.size) throw new StatusError('8.1/4.8', 'The eUICC is too full.');
  return placed;
}

export function isExpired({ order }: PlacedOrder, now: number): boolean {
  return order.expiresAt !== null && Date.parse(order.expiresAt) <= now;
}
