import { createHash } from 'node:crypto';
import { bytesToHex, concatBytes } from '#native/euicc/tlv/hex.ts';
import { decodeInteger } from '#native/euicc/tlv/integer.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { isPoint, verify } from '../pki/elliptic-key.ts';
import { isExpired } from './authenticate-client.ts';
import { transactionKey, type AuthenticatedEuicc } from './authentication.ts';
import { bindProfilePackage, makeBindingKeys, restoreBindingKeys, type BindingKeys } from './bound-package.ts';
import { asRequest, equalBytes, requireChild, requireObject, toBase64, type JsonFields } from './message-fields.ts';
import type { PlacedOrder } from './order-store.ts';
import { encodeProfileMetadata } from './profile-metadata.ts';
import { makeProfilePackage } from './profile-package.ts';
import type { SmdpContext } from './smdp-session.ts';
import { StatusError } from './status-error.ts';

/**
 * ES9+.GetBoundProfilePackage (SGP.22 v2.5 §5.6.2): the package, bound to the one-time key that the chip made.
 * @throws StatusError; the session is then over
 */
export function getBoundProfilePackage(context: SmdpContext, request: JsonFields): JsonFields {
  const { store, sessions } = context;
  const key = transactionKey(request);
  const session = sessions.require(key);
  sessions.close(key);
  if (session.step !== 'authenticated') throw new StatusError('8.10.1/3.9', 'This session is not at its download.');
  const { challenge, euicc, matchingId } = session;
  const { euiccKey, hashCc } = readPreparation(request, challenge.transactionId, euicc, session.signature2);
  const placed = store.find(matchingId);
  if (placed === null) throw new StatusError('8.2.6/3.8', 'There is no such order.');
  const { order } = placed;
  if (isExpired(placed, context.now())) throw new StatusError('8.8.5/4.10', 'This order has expired.');
  checkConfirmation(context, placed, challenge.transactionId, hashCc);

  const keys = chooseKeys(placed, euicc, euiccKey);
  const boundProfilePackage = bindProfilePackage({
    ...keys,
    transactionId: challenge.transactionId,
    eid: euicc.eid,
    euiccKey,
    signingKey: context.binder.key,
    smdpOid: context.smdpOid,
    metadata: encodeProfileMetadata(order.profile, challenge.serverAddress),
    profilePackage: makeProfilePackage(order.profile),
    replacesSessionKeys: order.replacesSessionKeys,
  });
  store.advance(matchingId, {
    state: 'downloaded',
    eid: euicc.eid,
    downloads: placed.progress.downloads + 1,
    binding: {
      eid: euicc.eid,
      euiccKey: bytesToHex(euiccKey),
      serverSecret: bytesToHex(keys.oneTimeKey.secret),
      packageKeys: bytesToHex(keys.packageKeys),
    },
  });
  const { curve, point } = euicc.publicKey;
  store.keepDownload(key, { matchingId, eid: euicc.eid, curve, point: bytesToHex(point) });
  sessions.open(key, { step: 'bound', challenge, euicc, matchingId });
  return { transactionId: bytesToHex(challenge.transactionId), boundProfilePackage: toBase64(boundProfilePackage) };
}

/** PrepareDownloadResponse: signed, of this session, with a key on the right curve. @throws StatusError */
function readPreparation(
  request: JsonFields,
  transactionId: Uint8Array,
  euicc: AuthenticatedEuicc,
  signature2: Uint8Array,
): { readonly euiccKey: Uint8Array; readonly hashCc: Uint8Array | null } {
  const response = requireObject(request, 'prepareDownloadResponse', 0xbf21);
  return asRequest('prepareDownloadResponse', () => {
    const refusal = findChild(response, 0xa1);
    if (refusal !== undefined) {
      throw new StatusError('1.6/2.1', `The eUICC did not prepare (${decodeInteger(requireChild(refusal, 0x02).value)}).`);
    }
    const [signed, signature] = childrenOf(requireChild(response, 0xa0));
    if (signed?.tag !== 0x30 || signature?.tag !== 0x5f37) throw new StatusError('1.6/2.1', 'The eUICC answered something else.');
    const isRight = verify(euicc.publicKey, concatBytes(signed.raw, signature2), signature.value);
    if (!isRight) throw new StatusError('8.1/6.1', 'The signature of the eUICC is wrong.');
    if (!equalBytes(requireChild(signed, 0x80).value, transactionId))
      throw new StatusError('8.1/6.1', 'The eUICC prepared another session.');
    const euiccKey = requireChild(signed, 0x5f49).value;
    if (!isPoint(euicc.publicKey.curve, euiccKey)) throw new StatusError('8.1/6.1', "The eUICC's key is not on its curve.");
    return { euiccKey, hashCc: findChild(signed, 0x04)?.value ?? null };
  });
}

/** SHA-256 of the code's SHA-256 and the transaction (SGP.22 v2.5 §4.7.2), so that the code itself never travels. @throws StatusError */
function checkConfirmation(
  { store }: SmdpContext,
  { order, progress }: PlacedOrder,
  transactionId: Uint8Array,
  hashCc: Uint8Array | null,
): void {
  if (order.confirmationCode === null) return;
  if (hashCc === null) throw new StatusError('8.2.7/2.2', 'A confirmation code is required.');
  const inner = createHash('sha256').update(order.confirmationCode, 'utf8').digest();
  if (equalBytes(hashCc, createHash('sha256').update(inner).update(transactionId).digest())) return;
  const wrongCodes = progress.wrongCodes + 1;
  if (wrongCodes < order.confirmationTries) {
    store.advance(order.matchingId, { wrongCodes });
    throw new StatusError('8.2.7/3.8', 'The confirmation code is wrong.');
  }
  store.advance(order.matchingId, { wrongCodes, state: 'error' });
  throw new StatusError('8.2.7/6.4', 'Too many wrong confirmation codes.');
}

/** The keys of the last package where the chip kept its own, else new ones. @throws StatusError 8.2/3.7 where new ones are not allowed */
function chooseKeys({ order, progress }: PlacedOrder, euicc: AuthenticatedEuicc, euiccKey: Uint8Array): BindingKeys {
  const { binding } = progress;
  const { curve } = euicc.publicKey;
  if (binding === null || binding.eid !== euicc.eid) return makeBindingKeys(curve);
  if (binding.euiccKey === bytesToHex(euiccKey)) return restoreBindingKeys(curve, binding.serverSecret, binding.packageKeys);
  if (!order.rebindable) throw new StatusError('8.2/3.7', 'This package cannot be bound a second time.');
  return makeBindingKeys(curve);
}
