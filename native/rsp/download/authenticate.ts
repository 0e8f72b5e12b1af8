import { DeviceError } from '../../errors.ts';
import { getEuiccInfo1 } from '../../euicc/es10/get-euicc-info1.ts';
import { requireChild } from '../../euicc/es10/es10-function.ts';
import type { EuiccInfo2, RspEuicc, TerminalIdentity } from '../../euicc/euicc.ts';
import { bytesToHex } from '../../euicc/tlv/hex.ts';
import { decodeText } from '../../euicc/tlv/text.ts';
import { readTlv } from '../../euicc/tlv/tlv-reader.ts';
import { type CertificateFacts, readCertificate } from '../certificate.ts';
import type { ProfileServerClient } from '../http/profile-server-client.ts';
import { type EventList, type OfferedProfile, authenticateClient } from '../messages/authenticate-client.ts';
import { type InitiatedAuthentication, initiateAuthentication } from '../messages/initiate-authentication.ts';
import { serverSide } from '../messages/rsp-function.ts';
import { isSameServer } from '../server-address.ts';
import type { DownloadStep } from './download-state.ts';

/** A session that the card and a server have in common. */
export type RspSession = {
  readonly server: string;
  readonly transactionId: Uint8Array;
  /** The server's own OID, of its certificate; null where it has none. */
  readonly serverOid: string | null;
};

export type AuthenticationRequest = {
  readonly server: string;
  readonly matchingId: string;
  readonly smdpOid: string | null;
  readonly terminal: TerminalIdentity;
};

export type AuthenticationTools = {
  readonly euicc: RspEuicc;
  readonly client: ProfileServerClient;
  readonly signal: AbortSignal;
  /** Told as soon as the card has the session, so that every way out can cancel it. */
  readonly onSession: (session: RspSession) => void;
};

export type Authenticated = {
  readonly session: RspSession;
  readonly answer: OfferedProfile | EventList;
  /** As the card signed it. */
  readonly info2: EuiccInfo2 | null;
};

/**
 * Common mutual authentication (SGP.22 v2.5 §3.0.1): the same at an SM-DP+ and at an SM-DS. Says each step before it begins.
 * @throws DeviceError of the card, of the server, PROFILE_SERVER_MISMATCH with `field`, CANCELLED
 */
export async function* authenticate(
  { euicc, client, signal, onSession }: AuthenticationTools,
  request: AuthenticationRequest,
): AsyncGenerator<DownloadStep, Authenticated, void> {
  const { server, matchingId, terminal } = request;
  yield 'readCard';
  stopIfAborted(signal);
  const info1 = await euicc.info1Bytes();
  const challenge = await euicc.challenge();

  yield 'contactServer';
  const initiated = await client.call(server, initiateAuthentication, { smdpAddress: server, challenge, info1 }, signal);
  const { transactionId } = initiated;
  const certificate = checkInitiated(initiated, request, challenge, info1);

  yield 'checkServer';
  stopIfAborted(signal);
  const { bytes, info2 } = await euicc.authenticateServer({ ...initiated, matchingId, terminal });
  const session = { server, transactionId, serverOid: certificate.registeredId };
  onSession(session);

  yield 'checkCard';
  const answer = await client.call(server, authenticateClient, { transactionId, response: bytes }, signal);
  requireSame('transactionId', bytesToHex(answer.transactionId), bytesToHex(transactionId));
  return { session, answer, info2 };
}

export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new DeviceError('CANCELLED');
}

/** What the LPA itself has to look at before the card does (SGP.22 v2.5 §3.0.1 step 7); the signatures are the card's to check. */
function checkInitiated(
  initiated: InitiatedAuthentication,
  { server, smdpOid }: AuthenticationRequest,
  challenge: Uint8Array,
  info1: Uint8Array,
): CertificateFacts {
  const name = initiateAuthentication.name;
  const signed = serverSide(name, 'serverSigned1', () => {
    const tlv = readTlv(initiated.serverSigned1);
    return {
      transactionId: bytesToHex(requireChild(tlv, 0x80, name).value),
      challenge: bytesToHex(requireChild(tlv, 0x81, name).value),
      address: decodeText(requireChild(tlv, 0x83, name).value),
    };
  });
  requireSame('transactionId', signed.transactionId, bytesToHex(initiated.transactionId));
  requireSame('euiccChallenge', signed.challenge, bytesToHex(challenge));
  if (!isSameServer(signed.address, server)) throw mismatch('serverAddress');
  const keyId = bytesToHex(readTlv(initiated.euiccCiPkIdToBeUsed).value);
  if (!getEuiccInfo1.decode(info1).ciKeyIdsForVerification.includes(keyId)) throw mismatch('euiccCiPKIdToBeUsed');
  const certificate = serverSide(name, 'serverCertificate', () => readCertificate(initiated.serverCertificate));
  if (smdpOid !== null) requireSame('smdpOid', certificate.registeredId, smdpOid);
  return certificate;
}

export function requireSame(field: string, one: string | null, other: string | null): void {
  if (one !== other) throw mismatch(field);
}

function mismatch(field: string): DeviceError {
  return new DeviceError('PROFILE_SERVER_MISMATCH', { field });
}
