import { DeviceError, isDeviceError } from '../../errors.ts';
import { requireChild } from '../../euicc/es10/es10-function.ts';
import type { CancelReason, EuiccInfo2, InstallationResult, RspEuicc, TerminalIdentity } from '../../euicc/euicc.ts';
import { bytesToHex } from '../../euicc/tlv/hex.ts';
import { readTlv } from '../../euicc/tlv/tlv-reader.ts';
import { readCertificate } from '../certificate.ts';
import type { ProfileServerClient } from '../http/profile-server-client.ts';
import { type EventEntry, type OfferedProfile, authenticateClient } from '../messages/authenticate-client.ts';
import { getBoundProfilePackage } from '../messages/get-bound-profile-package.ts';
import { serverSide } from '../messages/rsp-function.ts';
import { type RspSession, authenticate, requireSame, stopIfAborted } from './authenticate.ts';
import { readBoundProfilePackage } from './bound-profile-package.ts';
import { type AskPerson, type Decisions, decide } from './decide.ts';
import type { DownloadResult, DownloadState, DownloadStep, ProfilePreview } from './download-state.ts';
import { cancelReasonOf, endSession, serverHasClosed } from './end-session.ts';
import { hashConfirmationCode } from './hash-confirmation-code.ts';
import { install, tellServer } from './install.ts';
import { installationError } from './installation-error.ts';
import { bindingRules, checkPolicy } from './policy-check.ts';
import { decodeProfileMetadata, isSameProfile } from './profile-metadata.ts';

export type DownloadRequest = {
  /** Of an activation code, of the card's default, or of an event. */
  readonly server: string;
  readonly matchingId: string;
  readonly smdpOid?: string | null;
  readonly terminal: TerminalIdentity;
  /** One that is known beforehand; another one is asked for only where it is refused. */
  readonly confirmationCode?: string | null;
  /** What is on the card: a profile that is there already is refused before its order is used up. */
  readonly installedIccids?: readonly string[];
};

export type DownloadTools = {
  readonly euicc: RspEuicc;
  readonly client: ProfileServerClient;
  /** Asked at a state that has a `need`. The promise may take as long as the person takes. */
  readonly ask: AskPerson;
  readonly signal: AbortSignal;
};

type FetchedPackage = { readonly segments: readonly Uint8Array[]; readonly size: number };
type Tools = DownloadTools & { readonly decisions: Decisions };
type Attempt = { readonly kind: 'ended'; readonly result: DownloadResult } | { readonly kind: 'elsewhere'; readonly event: EventEntry };

/** An SM-DS may point to another one; a ring of them must come to an end. */
const maxServers = 4;
/** A server closes the order after a few wrong codes; this is for one that does not. */
const maxCodes = 10;

/**
 * Downloads a profile onto a card (SGP.22 v2.5 §3.1.3), as states that say the step, the progress and what is needed of the person.
 * Whatever way it ends before the installation, both sides are told why; an abort counts as postponed, so that the order stays open.
 * @throws DeviceError of the card and of the server; CANCELLED; what `native/errors.ts` lists under the download
 */
export async function* downloadProfile(
  tools: DownloadTools,
  request: DownloadRequest,
): AsyncGenerator<DownloadState, DownloadResult, void> {
  const decisions: Decisions = { approved: null, code: request.confirmationCode ?? null, codeRefused: false };
  let target = request;
  let servers = 1;
  let codes = 1;
  for (;;) {
    try {
      const attempt = yield* attemptDownload({ ...tools, decisions }, target);
      if (attempt.kind === 'ended') return attempt.result;
      servers += 1;
      if (servers > maxServers) throw new DeviceError('PROFILE_SERVER_MISMATCH', { field: 'eventEntries' });
      target = { ...request, server: attempt.event.rspServerAddress, matchingId: attempt.event.eventId, smdpOid: null };
    } catch (error) {
      // The server has ended the session, and lets the person try again in a new one.
      if (!isDeviceError(error) || error.code !== 'CONFIRMATION_CODE_REFUSED' || codes >= maxCodes) throw error;
      codes += 1;
      decisions.code = null;
      decisions.codeRefused = true;
    }
  }
}

async function* attemptDownload(tools: Tools, request: DownloadRequest): AsyncGenerator<DownloadState, Attempt, void> {
  const { euicc, client, signal } = tools;
  const { server } = request;
  const open: { session: RspSession | null; reason: CancelReason } = { session: null, reason: 'postponed' };
  try {
    const steps = authenticate(
      { euicc, client, signal, onSession: (session) => void (open.session = session) },
      { server, matchingId: request.matchingId, smdpOid: request.smdpOid ?? null, terminal: request.terminal },
    );
    let next = await steps.next();
    for (; next.done !== true; next = await steps.next()) yield stateOf(server, { step: next.value });
    const { session, answer, info2 } = next.value;
    if (answer.kind === 'events') {
      // A session with an SM-DS ends with its answer (SGP.22 v2.5 §3.6.2).
      open.session = null;
      const [event] = answer.events;
      if (event === undefined) throw new DeviceError('ACTIVATION_CODE_REFUSED', { server, reason: 'no event' });
      return { kind: 'elsewhere', event };
    }

    let preview = await makePreview(euicc, session, answer, info2);
    if (request.installedIccids?.includes(preview.metadata.iccid) === true) throw new DeviceError('PROFILE_ALREADY_INSTALLED');
    // The size is known only of a package that is here, so it is fetched first where nothing has to be asked before that: consent to
    // rules comes before the card prepares for them (SGP.22 v2.5 §3.1.3), and a confirmation code has to be known.
    const askFirst = preview.confirmationCodeRequired || preview.needsConsent.length > 0;
    const early = askFirst ? null : yield* fetchPackage(tools, session, answer, preview, null);
    if (early !== null) preview = { ...preview, packageSize: early.size };
    let decision = yield* decide(preview, tools.decisions, tools.ask, signal);
    let fetched = early;
    if (decision.kind === 'go' && fetched === null) {
      fetched = yield* fetchPackage(tools, session, answer, preview, decision.code);
      preview = { ...preview, packageSize: fetched.size };
      if (preview.freeMemory !== null && fetched.size > preview.freeMemory) {
        // What was approved without its size is shown again with it.
        tools.decisions.approved = null;
        decision = yield* decide(preview, tools.decisions, tools.ask, signal);
      }
    }
    if (decision.kind === 'stop' || fetched === null) {
      open.reason = decision.kind === 'stop' ? decision.reason : 'postponed';
      return { kind: 'ended', result: { kind: 'declined', reason: open.reason, preview } };
    }
    stopIfAborted(signal);
    open.reason = 'loadBppExecutionError';
    const result = yield* loadPackage(tools, session, fetched.segments, preview);
    open.session = null;
    yield stateOf(server, { step: 'tellServer', preview });
    const serverTold = await tellServer(euicc, client, session, result, signal);
    if (result.outcome.kind === 'failed') throw installationError(result.outcome);
    const { iccid } = preview.metadata;
    const { notification, outcome } = result;
    return { kind: 'ended', result: { kind: 'installed', iccid, isdpAid: outcome.isdpAid, preview, notification, serverTold } };
  } catch (error) {
    if (serverHasClosed(error)) open.session = null;
    if (open.reason !== 'loadBppExecutionError') open.reason = cancelReasonOf(error);
    throw error;
  } finally {
    if (open.session !== null) await endSession(euicc, client, open.session, open.reason);
  }
}

/** What the server offers, checked against the card's own rules (SGP.22 v2.5 §3.1.3 steps 6 and 7, §2.9.2.1). */
async function makePreview(euicc: RspEuicc, session: RspSession, offer: OfferedProfile, info2: EuiccInfo2 | null): Promise<ProfilePreview> {
  const name = authenticateClient.name;
  const { metadata, signed, smdpOid } = serverSide(name, 'profileMetadata', () => {
    const tlv = readTlv(offer.smdpSigned2);
    return {
      metadata: decodeProfileMetadata(offer.profileMetadata),
      signed: {
        transactionId: bytesToHex(requireChild(tlv, 0x80, name).value),
        confirmationCodeRequired: requireChild(tlv, 0x01, name).value.some((octet) => octet !== 0),
      },
      smdpOid: readCertificate(offer.smdpCertificate).registeredId,
    };
  });
  requireSame('transactionId', signed.transactionId, bytesToHex(session.transactionId));
  requireSame('smdpCertificate', smdpOid, session.serverOid);
  const needsTable = bindingRules(metadata).length > 0;
  const verdict = checkPolicy(metadata, info2?.forbiddenPolicyRules ?? [], needsTable ? await euicc.rulesAuthorisationTable() : []);
  if (verdict.kind === 'refused') throw new DeviceError('PROFILE_RULES_NOT_ALLOWED', { rule: verdict.rule });
  return {
    metadata,
    server: session.server,
    freeMemory: info2?.freeNonVolatileMemory ?? null,
    packageSize: null,
    confirmationCodeRequired: signed.confirmationCodeRequired,
    needsConsent: verdict.needsConsent,
  };
}

/** The package that was bound to the card's key, taken apart and compared with what was approved. */
async function* fetchPackage(
  { euicc, client, signal }: Tools,
  session: RspSession,
  offer: OfferedProfile,
  preview: ProfilePreview,
  code: string | null,
): AsyncGenerator<DownloadState, FetchedPackage, void> {
  const { server, transactionId } = session;
  yield stateOf(server, { step: 'prepareCard', preview });
  stopIfAborted(signal);
  const hashCc = code === null ? null : hashConfirmationCode(code, transactionId);
  const { smdpSigned2, smdpSignature2, smdpCertificate } = offer;
  const response = await euicc.prepareDownload({ smdpSigned2, smdpSignature2, smdpCertificate, hashCc });

  yield stateOf(server, { step: 'fetchPackage', preview });
  const bound = await client.call(server, getBoundProfilePackage, { transactionId, response }, signal);
  requireSame('transactionId', bytesToHex(bound.transactionId), bytesToHex(transactionId));
  const whole = readBoundProfilePackage(bound.boundProfilePackage);
  requireSame('transactionId', whole.transactionId, bytesToHex(transactionId));
  const packed = serverSide(getBoundProfilePackage.name, 'boundProfilePackage', () => decodeProfileMetadata(whole.metadata));
  if (!isSameProfile(packed, preview.metadata)) throw new DeviceError('PROFILE_METADATA_CHANGED');
  return { segments: whole.segments, size: bound.boundProfilePackage.length };
}

async function* loadPackage(
  { euicc }: Tools,
  session: RspSession,
  segments: readonly Uint8Array[],
  preview: ProfilePreview,
): AsyncGenerator<DownloadState, InstallationResult, void> {
  const state = (progress: DownloadState['progress']): DownloadState =>
    stateOf(session.server, { step: 'installProfile', preview, progress });
  yield state({ bytesDone: 0, bytesTotal: segments.reduce((sum, segment) => sum + segment.length, 0) });
  const loading = install(euicc, segments, session);
  try {
    for (;;) {
      const next = await loading.next();
      if (next.done === true) return next.value;
      yield state(next.value);
    }
  } finally {
    await loading[Symbol.asyncDispose]();
  }
}

/** The steps after which the card's own result is all that counts. */
const finalSteps: ReadonlySet<DownloadStep> = new Set(['installProfile', 'tellServer']);

function stateOf(server: string, parts: Pick<DownloadState, 'step'> & Partial<DownloadState>): DownloadState {
  return { server, preview: null, need: null, progress: null, cancellable: !finalSteps.has(parts.step), ...parts };
}
