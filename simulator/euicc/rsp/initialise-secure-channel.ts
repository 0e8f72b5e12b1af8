import { bytesToHex, concatBytes } from '#native/euicc/tlv/hex.ts';
import { decodeInteger } from '#native/euicc/tlv/integer.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { PrivateKey } from '../../pki/elliptic-key.ts';
import { agree, isPoint, verify } from '../../pki/elliptic-key.ts';
import { InstallationFailure } from './installation-failure.ts';
import type { BindingServer } from './rsp-session.ts';
import type { SessionKeys } from './secure-channel.ts';
import { deriveSessionKeys, keyLength, keyType } from './secure-channel.ts';

const installBoundProfilePackage = 1;

/**
 * InitialiseSecureChannelRequest (SGP.22 v2.5 §5.5.1): `BF23{ 82 remoteOpId, 80 transactionId, A6 crt, 5F49 otPK.DP, 5F37 signature }`.
 * The signature covers the message's content and the chip's own one-time key, which is not in the message.
 * @throws InstallationFailure in the order of the checks: operation, transaction, key type, signature
 */
export function initialiseSecureChannel(request: Tlv, server: BindingServer, oneTimeKey: PrivateKey, eid: string): SessionKeys {
  const fields = new Map(childrenOf(request).map((field) => [field.tag, field]));
  const [operation, transaction, template, serverKey, signature] = [0x82, 0x80, 0xa6, 0x5f49, 0x5f37].map((tag) => fields.get(tag));
  if (
    operation === undefined ||
    transaction === undefined ||
    template === undefined ||
    serverKey === undefined ||
    signature === undefined
  ) {
    throw new InstallationFailure('incorrectInputValues');
  }
  if (decodeInteger(operation.value) !== installBoundProfilePackage) throw new InstallationFailure('unsupportedRemoteOperationType');
  if (bytesToHex(transaction.value) !== bytesToHex(server.transactionId)) throw new InstallationFailure('invalidTransactionId');
  const hostId = readHostId(template);
  const signed = concatBytes(operation.raw, transaction.raw, template.raw, serverKey.raw, encodeTlv(0x5f49, oneTimeKey.point));
  if (!verify(server.profileBindingKey, signed, signature.value)) throw new InstallationFailure('invalidSignature');
  if (!isPoint(oneTimeKey.curve, serverKey.value)) throw new InstallationFailure('incorrectInputValues');
  return deriveSessionKeys(agree(oneTimeKey, serverKey.value), hostId, eid);
}

/** `A6{ 80 key type, 81 key length, 84 host identifier }`. */
function readHostId(template: Tlv): Uint8Array {
  const type = findChild(template, 0x80);
  const length = findChild(template, 0x81);
  const hostId = findChild(template, 0x84);
  if (hostId === undefined || hostId.value.length < 1 || hostId.value.length > 16) throw new InstallationFailure('unsupportedCrtValues');
  if (type?.value.length !== 1 || type.value[0] !== keyType) throw new InstallationFailure('unsupportedCrtValues');
  if (length?.value.length !== 1 || length.value[0] !== keyLength) throw new InstallationFailure('unsupportedCrtValues');
  return hostId.value;
}
