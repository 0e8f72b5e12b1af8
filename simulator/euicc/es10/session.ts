import { randomBytes } from 'node:crypto';
import { childrenOf, findChild, type Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { Es10Function } from './es10-context.ts';
import { encodeResult } from './result.ts';

const noSessionContext = 4;
const ciKeyUnknown = 7;

/** ES10b.GetEUICCChallenge (SGP.22 v2.5 §5.7.7): a new one each time, and the old session is gone. */
export const getChallenge: Es10Function = (_request, chip) => {
  chip.session.challenge = randomBytes(16);
  return encodeTlv(0xbf2e, encodeTlv(0x80, chip.session.challenge));
};

/**
 * ES10b.AuthenticateServer (SGP.22 v2.5 §5.7.13). The checks come in the order of the specification: a challenge must be open, then the
 * CI key that the server chose must be one of the card's, and this card has none.
 */
export const authenticateServer: Es10Function = (request, chip) =>
  encodeError(0xbf38, request, chip.session.challenge === null ? noSessionContext : ciKeyUnknown);

/** ES10b.PrepareDownload (SGP.22 v2.5 §5.7.5): no server has been authenticated. */
export const prepareDownload: Es10Function = (request) => encodeError(0xbf21, request, noSessionContext);

/** ES10b.CancelSession (SGP.22 v2.5 §5.7.14): no transaction is open, so that none has this identifier. */
export const cancelSession: Es10Function = () => {
  const invalidTransactionId = 5;
  return encodeTlv(0xbf41, encodeTlv(0x81, encodeInteger(invalidTransactionId)));
};

/** ES10b.LoadCRL (SGP.22 v2.5 §5.7.12): no key of the card verifies it. */
export const loadCrl: Es10Function = () => {
  const verificationKeyNotFound = 4;
  return encodeTlv(0xbf35, encodeTlv(0x81, encodeInteger(verificationKeyNotFound)));
};

/** ES10b.LpaeActivation: the card has no LPA of its own. */
export const activateLpae: Es10Function = () => {
  const notSupported = 1;
  return encodeResult(0xbf42, notSupported);
};

/** `tag { A1 { 80 transactionId, 02 errorCode } }`, the transaction as the server's signed part names it. */
function encodeError(tag: number, request: Tlv, code: number): Uint8Array {
  const signed = findChild(request, 0x30);
  const transactionId = signed === undefined ? undefined : childrenOf(signed).find((child) => child.tag === 0x80);
  const identifier = encodeTlv(0x80, transactionId?.value ?? new Uint8Array());
  return encodeTlv(tag, encodeTlv(0xa1, identifier, encodeTlv(0x02, encodeInteger(code))));
}
