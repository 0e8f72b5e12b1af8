import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { sign } from '../../pki/elliptic-key.ts';
import { encodeObjectIdentifier } from '../../pki/object-identifier.ts';
import { makeBoundProfileLoader } from '../rsp/bound-profile-loader.ts';
import { StatusWordError, statusWords } from '../status-word.ts';
import type { Es10Context, Es10Function } from './es10-context.ts';
import { encodeResult } from './result.ts';

/**
 * ES10b.LoadBoundProfilePackage (SGP.22 v2.5 §5.7.6), one script of it. A package that nobody prepared for is refused before its first
 * part: there is no server to tell and no key to bind to.
 * @throws StatusWordError 6985
 */
export function loadBoundProfile(script: Uint8Array, chip: Es10Context): Uint8Array {
  const { stage } = chip.session;
  if (stage.kind === 'loading') return stage.loader.feed(script) ?? new Uint8Array();
  const isBeginning = script[0] === 0xbf && script[1] === 0x36;
  if (stage.kind !== 'prepared' || !isBeginning) throw new StatusWordError(statusWords.conditionsNotSatisfied);
  const loader = makeBoundProfileLoader(chip, stage.server, stage.oneTimeKey);
  chip.session.stage = { kind: 'loading', server: stage.server, loader };
  return loader.feed(script) ?? new Uint8Array();
}

/** ES10b.CancelSession (SGP.22 v2.5 §5.7.14): the reason, signed for the server. Once a package is being loaded it is too late. */
export const cancelSession: Es10Function = (request, chip) => {
  const { stage } = chip.session;
  const transactionId = findChild(request, 0x80);
  const reason = findChild(request, 0x81);
  if (transactionId === undefined || reason === undefined) throw new StatusWordError(statusWords.wrongData);
  const server = stage.kind === 'authenticated' || stage.kind === 'prepared' ? stage.server : null;
  const invalidTransactionId = 5;
  if (server === null || bytesToHex(server.transactionId) !== bytesToHex(transactionId.value)) {
    return encodeTlv(0xbf41, encodeTlv(0x81, encodeInteger(invalidTransactionId)));
  }
  chip.session.stage = { kind: 'idle' };
  const identifier = encodeTlv(0x81, encodeObjectIdentifier(server.objectIdentifier));
  const signed = encodeTlv(0x30, encodeTlv(0x80, server.transactionId), identifier, encodeTlv(0x82, reason.value));
  return encodeTlv(0xbf41, encodeTlv(0xa0, signed, encodeTlv(0x5f37, sign(chip.credential().key, signed))));
};

/** ES10b.LoadCRL (SGP.22 v2.5 §5.7.12): the chip does not say that it knows lists of revoked certificates, and has no key for them. */
export const loadCrl: Es10Function = () => {
  const verificationKeyNotFound = 4;
  return encodeTlv(0xbf35, encodeTlv(0x81, encodeInteger(verificationKeyNotFound)));
};

/** ES10b.LpaeActivation: the card has no LPA of its own. */
export const activateLpae: Es10Function = () => {
  const notSupported = 1;
  return encodeResult(0xbf42, notSupported);
};
