import { decodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { decodeIccid } from '#native/euicc/tlv/digits.ts';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeInteger } from '#native/euicc/tlv/integer.ts';
import { decodeText } from '#native/euicc/tlv/text.ts';
import { childrenOf, findChild, readTlv, type Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { verify } from '../pki/elliptic-key.ts';
import { decodeObjectIdentifier } from '../pki/object-identifier.ts';
import { checkChain } from './authentication.ts';
import { asRequest, requireBytes, requireChild, type JsonFields } from './message-fields.ts';
import type { ReceivedNotification } from './order-store.ts';
import type { SmdpContext } from './smdp-session.ts';
import { StatusError } from './status-error.ts';

type Metadata = Pick<ReceivedNotification, 'event' | 'seqNumber' | 'address' | 'iccid'>;

const events = ['install', 'enable', 'disable', 'delete'] as const;
/** Interruption and lack of memory pass; after any other failure the package would fail again (SGP.22 v2.5 §5.7.6). */
const passingReasons = [10, 11];

/**
 * ES9+.HandleNotification (SGP.22 v2.5 §5.6.4): kept as it comes, also when it comes twice; there is no answer. What is not rightly
 * signed changes no order.
 * @throws StatusError 1.6/2.1 where it is no notification
 */
export function handleNotification(context: SmdpContext, request: JsonFields): void {
  asRequest('pendingNotification', () => {
    const notification = readTlv(requireBytes(request, 'pendingNotification'));
    if (notification.tag === 0xbf37) handleInstallation(context, notification);
    else if (notification.tag === 0x30) handleOther(context, notification);
    else throw new StatusError('1.6/2.1', 'This is no notification.');
  });
}

/** ProfileInstallationResult: it names the transaction, and the download of that transaction knows the chip. */
function handleInstallation(context: SmdpContext, notification: Tlv): void {
  const { store } = context;
  const data = requireChild(notification, 0xbf27);
  const metadata = readMetadata(requireChild(data, 0xbf2f));
  const download = store.findDownload(bytesToHex(requireChild(data, 0x80).value));
  const isOurs = decodeObjectIdentifier(requireChild(data, 0x06).value) === context.smdpOid;
  const publicKey = download === null ? null : { curve: download.curve, point: hexToBytes(download.point) };
  const verified = publicKey !== null && isOurs && verify(publicKey, data.raw, requireChild(notification, 0x5f37).value);
  const result = readResult(requireChild(data, 0xa2));
  keep(context, { ...metadata, kind: 'installation', eid: download?.eid ?? null, verified, result });
  if (download === null || !verified) return;

  const placed = store.find(download.matchingId);
  if (placed === null || placed.progress.state === 'installed') return;
  if (result !== 'success') {
    if (!passingReasons.includes(result.errorReason)) store.advance(download.matchingId, { state: 'error' });
    return;
  }
  const { reusable } = placed.order;
  store.advance(download.matchingId, reusable ? { state: 'released', eid: null, binding: null } : { state: 'installed', binding: null });
  context.onInstalled(download.matchingId);
}

/** OtherSignedNotification: it brings its own chain. */
function handleOther(context: SmdpContext, notification: Tlv): void {
  const [metadata, signature, euicc, eum] = childrenOf(notification);
  if (metadata?.tag !== 0xbf2f || signature?.tag !== 0x5f37 || euicc === undefined || eum === undefined) {
    throw new StatusError('1.6/2.1', 'This is no notification.');
  }
  const holder = findHolder(context, euicc.raw, eum.raw);
  const verified = holder !== null && verify(holder.publicKey, metadata.raw, signature.value);
  keep(context, { ...readMetadata(metadata), kind: 'other', eid: holder?.eid ?? null, verified, result: null });
}

function findHolder(context: SmdpContext, euicc: Uint8Array, eum: Uint8Array): ReturnType<typeof checkChain> | null {
  try {
    return checkChain(context.authenticator.ci, euicc, eum, context.now());
  } catch (error) {
    if (error instanceof StatusError) return null;
    throw error;
  }
}

function keep({ store, now }: SmdpContext, notification: Omit<ReceivedNotification, 'receivedAt'>): void {
  store.keepNotification({ ...notification, receivedAt: new Date(now()).toISOString() });
}

/** NotificationMetadata `BF2F { 80 seqNumber, 81 event, 0C address, 5A iccid? }`. @throws StatusError, DeviceError */
function readMetadata(metadata: Tlv): Metadata {
  const [bit, ...more] = decodeBitString(requireChild(metadata, 0x81).value);
  const event = bit === undefined ? undefined : events[bit];
  if (event === undefined || more.length > 0) throw new StatusError('1.6/2.1', 'A notification has one event.');
  const iccid = findChild(metadata, 0x5a);
  return {
    event,
    seqNumber: decodeInteger(requireChild(metadata, 0x80).value),
    address: decodeText(requireChild(metadata, 0x0c).value),
    iccid: iccid === undefined ? null : decodeIccid(iccid.value),
  };
}

function readResult(finalResult: Tlv): NonNullable<ReceivedNotification['result']> {
  if (findChild(finalResult, 0xa0) !== undefined) return 'success';
  const failure = requireChild(finalResult, 0xa1);
  return {
    bppCommandId: decodeInteger(requireChild(failure, 0x80).value),
    errorReason: decodeInteger(requireChild(failure, 0x81).value),
  };
}
