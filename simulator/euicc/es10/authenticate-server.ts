import { randomBytes } from 'node:crypto';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { hasRole, isIssuedBy } from '../../pki/certificate.ts';
import { sign, verify } from '../../pki/elliptic-key.ts';
import { keyIdentifierOf } from '../../pki/issue-certificate.ts';
import { interruptInstallation } from '../rsp/installation-result.ts';
import { StatusWordError, statusWords } from '../status-word.ts';
import { decodeStrict } from './addresses.ts';
import type { Es10Context, Es10Function } from './es10-context.ts';
import { encodeEuiccInfo2 } from './info.ts';
import { undefinedError } from './result.ts';
import { encodeRspError, readSignedMessage } from './signed-message.ts';

/** Error codes of SGP.22 v2.5 §5.7.13. */
const errors = {
  invalidCertificate: 1,
  invalidSignature: 2,
  unsupportedCurve: 3,
  noSessionContext: 4,
  invalidOid: 5,
  euiccChallengeMismatch: 6,
  ciPkUnknown: 7,
} as const;

/** ES10b.GetEUICCChallenge (SGP.22 v2.5 §5.7.7): a new one each time, and the old session is gone. */
export const getChallenge: Es10Function = (_request, chip) => {
  if (chip.state().installation !== null) chip.save(interruptInstallation(chip.state(), () => chip.credential()));
  const challenge = new Uint8Array(randomBytes(16));
  chip.session.stage = { kind: 'challenged', challenge };
  return encodeTlv(0xbf2e, encodeTlv(0x80, challenge));
};

/**
 * ES10b.AuthenticateServer (SGP.22 v2.5 §5.7.13): `BF38{ 30 serverSigned1, 5F37, 04 CI key, 30 certificate, A0 ctxParams1 }`. Checks come
 * in the order of the specification. Dates are not among them, because a chip has no clock.
 */
export const authenticateServer: Es10Function = (request, chip) => {
  const { stage } = chip.session;
  if (stage.kind !== 'challenged') return encodeRspError(request, errors.noSessionContext);
  // A challenge serves once, whatever comes of it.
  chip.session.stage = { kind: 'idle' };
  return authenticate(request, stage.challenge, chip);
};

function authenticate(request: Tlv, challenge: Uint8Array, chip: Es10Context): Uint8Array {
  const { signed, signature, certificate, field } = readSignedMessage(request);
  const { ci, key, certificate: own, eum } = chip.credential();
  const chosenKey = field(0x04);
  const context = field(0xa0);
  const [transactionId, euiccChallenge, address, serverChallenge] = [0x80, 0x81, 0x83, 0x84].map((tag) => findChild(signed, tag));
  if (chosenKey === undefined || context === undefined) throw new StatusWordError(statusWords.wrongData);

  if (bytesToHex(chosenKey.value) !== bytesToHex(keyIdentifierOf(ci.publicKey))) return encodeRspError(request, errors.ciPkUnknown);
  if (certificate === null) return encodeRspError(request, errors.invalidCertificate);
  if (certificate.publicKey.curve !== ci.publicKey.curve) return encodeRspError(request, errors.unsupportedCurve);
  if (!isIssuedBy(certificate, ci)) return encodeRspError(request, errors.invalidCertificate);
  const kind = hasRole(certificate, 'dp-auth') ? 'dp' : hasRole(certificate, 'ds-auth') ? 'ds' : null;
  const { registeredId } = certificate;
  if (kind === null || registeredId === null) return encodeRspError(request, errors.invalidOid);
  if (!verify(certificate.publicKey, signed.raw, signature.value)) return encodeRspError(request, errors.invalidSignature);
  if (euiccChallenge === undefined || bytesToHex(euiccChallenge.value) !== bytesToHex(challenge)) {
    return encodeRspError(request, errors.euiccChallengeMismatch);
  }
  const text = address === undefined ? null : decodeStrict(address.value);
  if (transactionId === undefined || address === undefined || text === null || serverChallenge === undefined) {
    return encodeRspError(request, undefinedError);
  }
  if (transactionId.value.length < 1 || transactionId.value.length > 16) return encodeRspError(request, undefinedError);

  // What the server and the terminal said goes back byte for byte.
  const answer = encodeTlv(0x30, transactionId.raw, address.raw, serverChallenge.raw, encodeEuiccInfo2(chip), context.raw);
  const euiccSignature = sign(key, answer);
  chip.session.stage = {
    kind: 'authenticated',
    server: { transactionId: transactionId.value.slice(), kind, objectIdentifier: registeredId, address: text, euiccSignature },
  };
  return encodeTlv(0xbf38, encodeTlv(0xa0, answer, encodeTlv(0x5f37, euiccSignature), own.der, eum.der));
}
