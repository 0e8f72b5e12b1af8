import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { hasRole, isIssuedBy } from '../../pki/certificate.ts';
import type { CurveName, PrivateKey } from '../../pki/elliptic-key.ts';
import { makePrivateKey, privateKeyOf, sign, verify } from '../../pki/elliptic-key.ts';
import type { AuthenticatedServer } from '../rsp/rsp-session.ts';
import type { Es10Context, Es10Function } from './es10-context.ts';
import { undefinedError } from './result.ts';
import { encodeRspError, readSignedMessage, transactionOf } from './signed-message.ts';

/** Error codes of SGP.22 v2.5 §5.7.5. */
const errors = { invalidCertificate: 1, invalidSignature: 2, unsupportedCurve: 3, noSessionContext: 4, invalidTransactionId: 5 } as const;

/** How many keys of downloads that came to nothing a chip keeps. */
const mostKeys = 4;
const hashLength = 32;

/**
 * ES10b.PrepareDownload (SGP.22 v2.5 §5.7.5): `BF21{ 30 smdpSigned2, 5F37, 04 hashCc?, 30 certificate }`. After an error the session can still
 * be cancelled.
 */
export const prepareDownload: Es10Function = (request, chip) => {
  const { stage } = chip.session;
  const isReady = stage.kind === 'authenticated' || stage.kind === 'prepared';
  if (!isReady || stage.server.kind !== 'dp') return encodeRspError(request, errors.noSessionContext);
  return prepare(request, stage.server, chip);
};

function prepare(request: Tlv, server: AuthenticatedServer, chip: Es10Context): Uint8Array {
  if (bytesToHex(transactionOf(request)) !== bytesToHex(server.transactionId)) return encodeRspError(request, errors.invalidTransactionId);
  const { signed, signature, certificate, field } = readSignedMessage(request);
  const { ci, key } = chip.credential();
  if (certificate === null) return encodeRspError(request, errors.invalidCertificate);
  if (certificate.publicKey.curve !== ci.publicKey.curve) return encodeRspError(request, errors.unsupportedCurve);
  const isTheirs = certificate.registeredId === server.objectIdentifier && hasRole(certificate, 'dp-pb');
  if (!isTheirs || !isIssuedBy(certificate, ci)) return encodeRspError(request, errors.invalidCertificate);
  const covered = concatBytes(signed.raw, encodeTlv(0x5f37, server.euiccSignature));
  if (!verify(certificate.publicKey, covered, signature.value)) return encodeRspError(request, errors.invalidSignature);

  const codeRequired = findChild(signed, 0x01);
  const hash = field(0x04);
  const isRequired = codeRequired !== undefined && codeRequired.value[0] !== 0;
  // The chip cannot know whether the code is right: it signs its hash, and the server compares.
  if (isRequired ? hash?.value.length !== hashLength : hash !== undefined && hash.value.length !== hashLength) {
    return encodeRspError(request, undefinedError);
  }

  const oneTimeKey = chooseKey(findChild(signed, 0x5f49)?.value, server, certificate.publicKey.curve, chip);
  const answer = encodeTlv(
    0x30,
    encodeTlv(0x80, server.transactionId),
    encodeTlv(0x5f49, oneTimeKey.point),
    ...(hash === undefined ? [] : [hash.raw]),
  );
  const euiccSignature = sign(key, concatBytes(answer, encodeTlv(0x5f37, signature.value)));
  chip.session.stage = { kind: 'prepared', server: { ...server, profileBindingKey: certificate.publicKey }, oneTimeKey };
  return encodeTlv(0xbf21, encodeTlv(0xa0, answer, encodeTlv(0x5f37, euiccSignature)));
}

/**
 * The key that the server already bound a package to, where the chip still has it, or a new one, which is kept for as long as no package
 * was begun with it (SGP.22 v2.5 §3.1.3.2).
 */
function chooseKey(wanted: Uint8Array | undefined, server: AuthenticatedServer, curve: CurveName, chip: Es10Context): PrivateKey {
  const state = chip.state();
  const kept = state.oneTimeKeys
    .filter((key) => key.smdpOid === server.objectIdentifier && key.curve === curve)
    .map(({ secret }) => privateKeyOf(curve, hexToBytes(secret)));
  const again = kept.find(({ point }) => wanted !== undefined && bytesToHex(point) === bytesToHex(wanted));
  if (again !== undefined) return again;
  const fresh = makePrivateKey(curve);
  const record = { smdpOid: server.objectIdentifier, curve, secret: bytesToHex(fresh.secret) };
  chip.save({ ...state, oneTimeKeys: [...state.oneTimeKeys, record].slice(-mostKeys) });
  return fresh;
}
