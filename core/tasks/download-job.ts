import type { EuiccOverview, Picture, ProfileSource } from '#contract/desk/devices.ts';
import type { Delivery, ProfilePreview } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { ProfileIcon, RspEuicc, TerminalIdentity } from '#native/euicc/euicc.ts';
import { parseActivationCode } from '#native/rsp/activation-code.ts';
import { downloadProfile, type DownloadRequest } from '#native/rsp/download/download-profile.ts';
import type {
  DownloadAnswer,
  DownloadNeed,
  DownloadResult,
  DownloadState,
  ProfilePreview as NativePreview,
} from '#native/rsp/download/download-state.ts';
import { readAgain } from '../devices/euicc-overview.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import { terminalOf } from '../devices/terminal-identity.ts';
import type { ServerSession } from '../rsp/profile-servers.ts';
import type { CardParts } from './card-parts.ts';
import { onCard } from './card-session.ts';
import { waitForNetwork } from './change-profile-job.ts';
import type { Job, JobTools } from './job.ts';
import { changeProfile, stepsOf, type ChangeTools, type ProfileChange } from './profile-steps.ts';
import type { TaskRecord } from './task-record.ts';

export type DownloadOrder = {
  readonly isdrAid: string | null;
  readonly source: ProfileSource;
  /** Ends at the preview; the order stays open. */
  readonly previewOnly: boolean;
  readonly confirmationCode: string | null;
  /** 15 digits; null: the modem's own, or none. */
  readonly imei: string | null;
  /** Enables the profile once it is installed. */
  readonly enable: boolean;
};

type Target = Pick<DownloadRequest, 'server' | 'matchingId' | 'smdpOid'>;

/**
 * Downloads a profile, asks the person what has to be asked, and enables the profile where that is wished (SGP.22 v2.5 §3.1.3).
 * @throws DeviceError ACTIVATION_CODE_INVALID before anything begins
 */
export function downloadJob(device: ManagedDevice, order: DownloadOrder, parts: CardParts): Job {
  const target = targetOf(order.source);
  const enabling = (iccid: string): ProfileChange => ({
    kind: 'profile.enable',
    iccid,
    isdrAid: order.isdrAid,
    refresh: true,
    notify: true,
  });
  const installing = ['installProfile', 'tellServer', 'readBack'] as const;
  const enableSteps = order.enable
    ? stepsOf(enabling(''), device.kind === 'modem').filter((step) => !['openCard', 'readBack'].includes(step))
    : [];

  return {
    kind: 'profile.download',
    iccid: null,
    profileName: null,
    nickname: null,
    steps: [...lookingUp, ...(order.previewOnly ? [] : [...installing, ...enableSteps])],
    async run(tools) {
      const { record, signal } = tools;
      const terminal = terminalOf(device, order.imei);
      const iccid = await onCard(device, order.isdrAid, parts, tools, async (session) => {
        const known = device.euiccOf(order.isdrAid) ?? (await session.readOverview());
        const installed = await session.use((euicc) => download(euicc, known, terminal, tools), untilThePersonIsDone);
        if (installed === null) return null;
        record.begin('readBack');
        const overview = await session.use(async (euicc) =>
          readAgain(euicc, known, { profiles: await session.profiles(), memoryChanged: true }),
        );
        device.keepReading(overview);
        if (!order.enable) return installed;
        const telling = { known: overview, record: afterInstallation(record), signal, outbox: parts.outbox };
        device.keepReading(await changeProfile(session, enabling(installed), telling));
        return installed;
      });
      if (iccid === null && !order.previewOnly) throw new LebError('CANCELLED');
      if (iccid === null || !order.enable || device.kind !== 'modem') return null;
      record.begin('waitForNetwork');
      return waitForNetwork(device, iccid, signal);
    },
  };

  /** @returns the ICCID of what was installed; null where it was declined */
  async function download(euicc: RspEuicc, known: EuiccOverview, terminal: TerminalIdentity, tools: JobTools): Promise<string | null> {
    const ciKeyIds = known.ciRoots.map(({ keyId }) => keyId);
    const request: DownloadRequest = {
      ...(target ?? (await defaultServer(euicc))),
      terminal,
      confirmationCode: order.confirmationCode,
      installedIccids: known.profiles.map(({ iccid }) => iccid),
    };
    const result = await follow({ euicc, session: parts.servers.session(ciKeyIds), request, previewOnly: order.previewOnly }, tools);
    if (result.kind === 'declined') return null;
    // What the server has not heard is put aside and told later: nobody waits for it a second time.
    if (!result.serverTold) await parts.outbox.deliver({ euicc, eid: known.eid, ciKeyIds }, { signal: AbortSignal.abort() });
    const { notification, serverTold } = result;
    if (notification !== null)
      tools.record.note({ deliveries: [{ ...notification, state: serverTold ? 'delivered' : 'queued', problem: null }] });
    return result.iccid;
  }
}

/** What is told later does not hide what was told of the installation. */
function afterInstallation(record: TaskRecord): ChangeTools['record'] {
  const { deliveries: before } = record.task;
  return {
    begin: (step) => record.begin(step),
    skip: (step) => record.skip(step),
    note: ({ deliveries, ...facts }) =>
      record.note(
        deliveries === undefined ? facts : { ...facts, deliveries: [...before.filter((one) => !isAmong(one, deliveries)), ...deliveries] },
      ),
  };
}

function isAmong({ seqNumber }: Delivery, deliveries: readonly Delivery[]): boolean {
  return deliveries.some((other) => other.seqNumber === seqNumber);
}

const lookingUp = ['openCard', 'readCard', 'contactServer', 'checkServer', 'checkCard', 'prepareCard', 'fetchPackage', 'preview'] as const;
/** The longest that a timer can be set to, some weeks: each command and each request inside has a deadline of its own. */
const untilThePersonIsDone = 2 ** 31 - 1;

function targetOf(source: ProfileSource): Target | null {
  switch (source.kind) {
    case 'activationCode': {
      const { smdpAddress, matchingId, smdpOid } = parseActivationCode(source.text);
      return { server: smdpAddress, matchingId, smdpOid };
    }
    case 'event':
      return { server: source.server, matchingId: source.eventId, smdpOid: null };
    case 'defaultSmdp':
      return null;
    default:
      return source satisfies never;
  }
}

/** @throws LebError DEFAULT_SMDP_MISSING */
async function defaultServer(euicc: RspEuicc): Promise<Target> {
  const { defaultSmdpAddress } = await euicc.configuredAddresses();
  if (defaultSmdpAddress === null || defaultSmdpAddress === '') throw new LebError('DEFAULT_SMDP_MISSING');
  return { server: defaultSmdpAddress, matchingId: '', smdpOid: null };
}

type Download = {
  readonly euicc: RspEuicc;
  readonly session: ServerSession;
  readonly request: DownloadRequest;
  readonly previewOnly: boolean;
};

/** Shows the states of the download in the task. */
async function follow({ euicc, session, request, previewOnly }: Download, { record, signal, ask }: JobTools): Promise<DownloadResult> {
  const answer = previewOnly
    ? (): Promise<DownloadAnswer> => Promise.resolve({ kind: 'no', reason: 'postponed' })
    : (need: DownloadNeed): Promise<DownloadAnswer> => ask(need.kind === 'consentToPpr' ? { ...need, rules: [...need.rules] } : need);
  const states = downloadProfile({ euicc, client: session.client, ask: answer, signal }, request);
  try {
    for (;;) {
      const next = await states.next();
      if (next.done === true) return next.value;
      show(next.value, record);
      record.note({ testRoots: session.usesTestRoots() });
    }
  } finally {
    record.note({ testRoots: session.usesTestRoots(), progress: null });
  }
}

function show({ step, preview, progress, cancellable }: DownloadState, record: TaskRecord): void {
  record.begin(step);
  const shown = preview === null ? null : toPreview(preview);
  record.note({
    cancellable,
    progress: progress === null ? null : { ...progress },
    // A second attempt after a wrong code has none at first; the person keeps seeing the former.
    ...(shown === null ? {} : { preview: shown, iccid: shown.iccid, profileName: shown.profileName ?? shown.serviceProviderName }),
  });
}

function toPreview({ metadata, server, packageSize, freeMemory, confirmationCodeRequired, needsConsent }: NativePreview): ProfilePreview {
  return {
    iccid: metadata.iccid,
    serviceProviderName: metadata.serviceProviderName === '' ? null : metadata.serviceProviderName,
    profileName: metadata.profileName === '' ? null : metadata.profileName,
    profileClass: metadata.profileClass,
    ownerMccMnc: metadata.owner?.mccMnc ?? null,
    policyRules: [...metadata.policyRules],
    icon: metadata.icon === null ? null : toPicture(metadata.icon),
    server,
    packageSize,
    freeMemory,
    confirmationCodeRequired,
    needsConsent: [...needsConsent],
  };
}

export function toPicture({ type, bytes }: ProfileIcon): Picture {
  return { type, base64: Buffer.from(bytes).toString('base64') };
}
