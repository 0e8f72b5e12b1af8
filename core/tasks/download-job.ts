import type { Picture, ProfileSource } from '#contract/desk/devices.ts';
import type { ProfilePreview } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { ProfileIcon, RspEuicc } from '#native/euicc/euicc.ts';
import { parseActivationCode } from '#native/rsp/activation-code.ts';
import { downloadProfile, type DownloadRequest } from '#native/rsp/download/download-profile.ts';
import type {
  DownloadAnswer,
  DownloadNeed,
  DownloadResult,
  DownloadState,
  ProfilePreview as NativePreview,
} from '#native/rsp/download/download-state.ts';
import { readAgain, readOverview } from '../devices/euicc-overview.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import { terminalOf } from '../devices/terminal-identity.ts';
import type { ServerSession } from '../rsp/profile-servers.ts';
import type { CardParts } from './card-parts.ts';
import { changeProfileJob } from './change-profile-job.ts';
import type { Job, JobTools } from './job.ts';
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
  const known = targetOf(order.source);
  const enable = (iccid: string, isdrAid: string): Job =>
    changeProfileJob(device, { kind: 'profile.enable', iccid, isdrAid, refresh: true, notify: true }, parts);
  const installing = ['installProfile', 'tellServer', 'readBack'] as const;
  const enabling = order.enable ? enable('', '').steps.filter((step) => step !== 'openCard' && step !== 'readBack') : [];

  return {
    kind: 'profile.download',
    iccid: null,
    profileName: null,
    nickname: null,
    steps: [
      'openCard',
      'readCard',
      'contactServer',
      'checkServer',
      'checkCard',
      'prepareCard',
      'fetchPackage',
      'preview',
      ...(order.previewOnly ? [] : [...installing, ...enabling]),
    ],
    async run(tools) {
      const { record, signal } = tools;
      const terminal = terminalOf(device, order.imei);
      record.begin('openCard');
      const installed = await device.useCard(async (access) => {
        const euicc = await parts.openEuicc(access, order.isdrAid === null ? {} : { knownIsdrAid: order.isdrAid });
        try {
          const overview = device.euiccOf(euicc.isdrAid) ?? (await readOverview(euicc));
          const session = parts.servers.session(overview.ciRoots.map(({ keyId }) => keyId));
          const request: DownloadRequest = {
            ...(known ?? (await defaultServer(euicc))),
            terminal,
            confirmationCode: order.confirmationCode,
            installedIccids: overview.profiles.map(({ iccid }) => iccid),
          };
          const result = await follow({ euicc, session, request, previewOnly: order.previewOnly }, tools);
          if (result.kind === 'declined') return null;
          // What the server has not heard is put aside and told later: nobody waits for it a second time.
          const card = { euicc, eid: overview.eid, ciKeyIds: overview.ciRoots.map(({ keyId }) => keyId) };
          if (!result.serverTold) await parts.outbox.deliver(card, { signal: AbortSignal.abort() });
          record.begin('readBack');
          device.keepReading(await readAgain(euicc, overview, { profiles: await euicc.profiles(), memoryChanged: true }));
          return { iccid: result.iccid, isdrAid: euicc.isdrAid };
        } finally {
          await euicc.close();
        }
      }, signal);
      if (installed === null) {
        if (!order.previewOnly) throw new LebError('CANCELLED');
        return null;
      }
      return order.enable ? enable(installed.iccid, installed.isdrAid).run(tools) : null;
    },
  };
}

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
