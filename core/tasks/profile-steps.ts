import type { EuiccOverview, Profile } from '#contract/desk/devices.ts';
import type { StepName, TaskKind } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { CardAccess } from '#native/apdu/card-access.ts';
import { DeviceError, isDeviceError, type DeviceErrorCode } from '#native/errors.ts';
import type { Euicc, OpenEuicc, ProfileInfo, ProfileSelector, ProfileState } from '#native/euicc/euicc.ts';
import { withDeadline } from '../clock.ts';
import { readAgain, readOverview } from '../devices/euicc-overview.ts';

export type ProfileChange =
  | { readonly kind: 'profile.enable'; readonly iccid: string }
  | { readonly kind: 'profile.disable'; readonly iccid: string }
  | { readonly kind: 'profile.delete'; readonly iccid: string; readonly disableFirst: boolean }
  | { readonly kind: 'profile.rename'; readonly iccid: string; readonly nickname: string };

/** Tells the task which step is going on. */
export type StepReporter = {
  begin(step: StepName): void;
  skip(step: StepName): void;
};

/** The steps of a kind, in the order in which they come. */
export function stepsOf(kind: TaskKind, viaModem: boolean): readonly StepName[] {
  const network: readonly StepName[] = viaModem ? ['waitForNetwork'] : [];
  switch (kind) {
    case 'profile.enable':
      return ['openCard', 'disableProfile', 'enableProfile', 'refreshCard', 'readBack', ...network];
    case 'profile.disable':
      return ['openCard', 'disableProfile', 'refreshCard', 'readBack'];
    case 'profile.delete':
      return ['openCard', 'disableProfile', 'refreshCard', 'deleteProfile', 'readBack'];
    case 'profile.rename':
      return ['openCard', 'renameProfile', 'readBack'];
    default:
      return kind satisfies never;
  }
}

const openDeadline = 30_000;
const commandDeadline = 60_000;
const refreshDeadline = 90_000;

/** Refusals that another try cannot change. */
const final: ReadonlySet<DeviceErrorCode> = new Set([
  'PROFILE_NOT_FOUND',
  'PROFILE_POLICY',
  'NICKNAME_TOO_LONG',
  'CARD_REMOVED',
  'READER_GONE',
  'NO_CARD',
  'PORT_CLOSED',
  'SIM_ABSENT',
]);

/**
 * One change of one profile, on one opened way to the card: the command, the refresh that it needs, and the reading that proves it
 * (SGP.22 v2.5 §5.7.16–§5.7.18, §5.7.21). The command's own answer is never believed alone.
 * @returns the eUICC as it is afterwards
 * @throws DeviceError of the card or the transport; EUICC_REFUSED with details.result `unchanged` where the card said yes and did nothing
 */
export async function changeProfile(options: {
  readonly access: CardAccess;
  readonly openEuicc: OpenEuicc;
  readonly change: ProfileChange;
  readonly known: EuiccOverview | null;
  readonly steps: StepReporter;
  /** Looked at before anything is changed. */
  readonly signal: AbortSignal;
}): Promise<EuiccOverview> {
  const session = await openSession(options);
  try {
    if (options.signal.aborted) throw new LebError('CANCELLED');
    const memoryChanged = await applyChange(session, options.change, options.steps);
    options.steps.begin('readBack');
    const overview = await readBack(session, options.known, memoryChanged);
    prove(options.change, overview);
    return overview;
  } catch (error) {
    throw afterRemoval(error);
  } finally {
    await session.close();
  }
}

async function readBack(session: CardSession, known: EuiccOverview | null, memoryChanged: boolean): Promise<EuiccOverview> {
  if (known === null) return session.use(readOverview);
  const profiles = await session.profiles();
  return session.use((euicc) => readAgain(euicc, known, { profiles, memoryChanged }));
}

/** An open ISD-R that can be opened again after a refresh, under the AID that is known by then. */
type CardSession = {
  readonly viaModem: boolean;
  /** From the last reading, perhaps of long ago: good for a guess that the card will check. */
  readonly remembered: readonly Profile[];
  /** What is true now; read once between two changes. */
  profiles(): Promise<readonly ProfileInfo[]>;
  command(work: (euicc: Euicc) => Promise<void>): Promise<void>;
  use<Result>(work: (euicc: Euicc) => Promise<Result>): Promise<Result>;
  refresh(): Promise<void>;
  close(): Promise<void>;
};

async function openSession({
  access,
  openEuicc,
  known,
  steps,
}: {
  readonly access: CardAccess;
  readonly openEuicc: OpenEuicc;
  readonly known: EuiccOverview | null;
  readonly steps: StepReporter;
}): Promise<CardSession> {
  steps.begin('openCard');
  let isdrAid = known?.isdrAid ?? null;
  const late = (): DeviceError => new DeviceError(access.via === 'modem' ? 'AT_TIMEOUT' : 'CARD_MUTE');
  const openNow = async (): Promise<Euicc> => {
    const opened = await withDeadline(openEuicc(access, isdrAid === null ? {} : { knownIsdrAid: isdrAid }), openDeadline, late);
    isdrAid = opened.isdrAid;
    return opened;
  };
  let euicc: Euicc | null = await openNow();
  let profiles: readonly ProfileInfo[] | null = null;
  const use = async <Result>(work: (euicc: Euicc) => Promise<Result>): Promise<Result> => {
    euicc ??= await openNow();
    return withDeadline(work(euicc), commandDeadline, late);
  };
  return {
    viaModem: access.via === 'modem',
    remembered: known?.profiles ?? [],
    async profiles() {
      profiles ??= await use((opened) => opened.profiles());
      return profiles;
    },
    async command(work) {
      profiles = null;
      await use(work);
    },
    use,
    async refresh() {
      profiles = null;
      // The refresh ends every channel: ours is given up before, so that a modem does not keep its handle.
      await euicc?.close();
      euicc = null;
      await withDeadline(access.refresh(), refreshDeadline, late);
    },
    async close() {
      await euicc?.close();
    },
  };
}

/** @returns whether the free memory is another one now */
async function applyChange(session: CardSession, change: ProfileChange, steps: StepReporter): Promise<boolean> {
  switch (change.kind) {
    case 'profile.enable':
      await enable(session, change.iccid, steps);
      return false;
    case 'profile.disable':
      await switchTo(session, change.iccid, 'disabled', steps);
      return false;
    case 'profile.delete': {
      const profile = findProfile(await session.profiles(), change.iccid);
      if (profile.state === 'enabled') {
        if (!change.disableFirst) throw new DeviceError('PROFILE_NOT_DISABLED', { iccid: change.iccid });
        await switchTo(session, change.iccid, 'disabled', steps);
      } else {
        steps.skip('disableProfile');
        steps.skip('refreshCard');
      }
      steps.begin('deleteProfile');
      await session.command((euicc) => euicc.deleteProfile({ iccid: change.iccid }));
      return true;
    }
    case 'profile.rename':
      steps.begin('renameProfile');
      await session.command((euicc) => euicc.setNickname(change.iccid, change.nickname));
      return false;
    default:
      return change satisfies never;
  }
}

/** Most cards disable the former profile themselves; some want it done first (SGP.22 v2.5 §5.7.16: the LPA may do either). */
async function enable(session: CardSession, iccid: string, steps: StepReporter): Promise<void> {
  steps.skip('disableProfile');
  try {
    await switchTo(session, iccid, 'enabled', steps);
  } catch (error) {
    if (!isDeviceError(error) || error.code !== 'EUICC_REFUSED' || error.details['result'] === 'unchanged') throw error;
    const former = (await session.profiles()).find(({ state }) => state === 'enabled');
    if (former === undefined || former.iccid === iccid) throw error;
    await switchTo(session, former.iccid, 'disabled', steps);
    try {
      await switchTo(session, iccid, 'enabled', steps);
    } catch (still) {
      // Nobody is left without a network for an attempt that failed.
      await switchTo(session, former.iccid, 'enabled', steps).catch(() => undefined);
      throw still;
    }
  }
}

/**
 * Enables or disables, by ICCID and, if the card does not like that, by AID; the way of refreshing that fits the transport first
 * (reader: flag 0 and a power cycle; modem: flag 1, whose REFRESH the modem acts on), the other one after it (SGP.22 v2.5 §5.7.16).
 * After each failure the card is asked what is true now: a modem often loses the answer of a switch that happened.
 */
async function switchTo(session: CardSession, iccid: string, wanted: ProfileState, steps: StepReporter): Promise<void> {
  const command = wanted === 'enabled' ? 'enableProfile' : 'disableProfile';
  const before =
    session.remembered.find((profile) => profile.iccid === iccid && profile.state !== wanted) ??
    findProfile(await session.profiles(), iccid);
  if (before.state === wanted) throw new DeviceError(wanted === 'enabled' ? 'PROFILE_NOT_DISABLED' : 'PROFILE_NOT_ENABLED', { iccid });
  const byIccid: ProfileSelector = { iccid };
  const selectors = before.isdpAid === null ? [byIccid] : [byIccid, { isdpAid: before.isdpAid }];
  const attempts = [session.viaModem, !session.viaModem].flatMap((flag) => selectors.map((selector) => ({ flag, selector })));
  let failure: DeviceError | null = null;
  for (const { flag, selector } of attempts) {
    steps.begin(command);
    try {
      await session.command((euicc) => euicc[command](selector, flag));
      failure = null;
    } catch (error) {
      if (!isDeviceError(error) || final.has(error.code)) throw error;
      failure = error;
    }
    // After a yes the switch takes effect here; after a lost answer or a busy toolkit session the card is brought back to its senses.
    if (failure === null || needsRefresh(failure.code)) {
      steps.begin('refreshCard');
      await session.refresh();
    }
    const after = findProfile(await session.profiles(), iccid);
    if (after.state === wanted) {
      return;
    }
    failure ??= new DeviceError('EUICC_REFUSED', { result: 'unchanged', command });
  }
  throw failure ?? new DeviceError('EUICC_REFUSED', { result: 'unchanged', command });
}

function needsRefresh(code: DeviceErrorCode): boolean {
  return !['PROFILE_NOT_DISABLED', 'PROFILE_NOT_ENABLED', 'PROFILE_WRONG_REENABLING', 'EUICC_REFUSED'].includes(code);
}

function findProfile(profiles: readonly ProfileInfo[], iccid: string): ProfileInfo {
  const profile = profiles.find((candidate) => candidate.iccid === iccid);
  if (profile === undefined) throw new DeviceError('PROFILE_NOT_FOUND', { iccid });
  return profile;
}

function prove(change: ProfileChange, { profiles }: EuiccOverview): void {
  const profile = profiles.find(({ iccid }) => iccid === change.iccid);
  const proven = ((): boolean => {
    switch (change.kind) {
      case 'profile.enable':
        return profile?.state === 'enabled';
      case 'profile.disable':
        return profile?.state === 'disabled';
      case 'profile.delete':
        return profile === undefined;
      case 'profile.rename':
        return profile !== undefined && (profile.nickname ?? '') === change.nickname;
      default:
        return change satisfies never;
    }
  })();
  if (!proven) throw new DeviceError('EUICC_REFUSED', { result: 'unchanged', command: change.kind });
}

/** A reader that is found empty in the middle of an operation means that the card left during it. */
function afterRemoval(error: unknown): unknown {
  return isDeviceError(error) && error.code === 'NO_CARD' ? new DeviceError('CARD_REMOVED', error.details, { cause: error }) : error;
}
