import type { EuiccOverview } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';
import type { CardAccess, RefreshGoal, RefreshOutcome } from '#native/apdu/card-access.ts';
import { DeviceError, isDeviceError } from '#native/errors.ts';
import type { OpenRspEuicc, ProfileInfo, RspEuicc } from '#native/euicc/euicc.ts';
import { withDeadline } from '../clock.ts';
import { readOverview } from '../devices/euicc-overview.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { CardParts } from './card-parts.ts';
import type { JobTools } from './job.ts';
import type { StepReporter } from './task-record.ts';

/** An open ISD-R that can be opened again after a refresh, under the AID that is known by then. Every call has a deadline. */
export type CardSession = {
  readonly viaModem: boolean;
  /** What is true now; read once between two changes. */
  profiles(): Promise<readonly ProfileInfo[]>;
  /** What changes something. */
  command<Result>(work: (euicc: RspEuicc) => Promise<Result>): Promise<Result>;
  use<Result>(work: (euicc: RspEuicc) => Promise<Result>, deadlineMs?: number): Promise<Result>;
  readOverview(): Promise<EuiccOverview>;
  /** @returns what made the terminal notice */
  refresh(goal: RefreshGoal): Promise<RefreshOutcome>;
  /** The last resort of a terminal that has not noticed; a reader has none. */
  restart(goal: RefreshGoal): Promise<RefreshOutcome>;
};

const openDeadline = 30_000;
const commandDeadline = 60_000;
/** The whole ladder of a slow modem. */
const refreshDeadline = 300_000;
/** Some modems leave their bus only after most of a minute, and need as long to come back. */
const restartDeadline = 300_000;

export type CardSessionOptions = {
  readonly access: CardAccess;
  readonly openEuicc: OpenRspEuicc;
  /** Which secure element the person means; null: the first. */
  readonly isdrAid: string | null;
  /** Where it was found the last time. */
  readonly guess: string | null;
  readonly steps: Pick<StepReporter, 'begin'>;
  /** Looked at before anything is done. */
  readonly signal: AbortSignal;
};

/** Opens the card of a device for a job and gives it back at the end. @throws what `withCardSession` throws, CANCELLED */
export function onCard<Result>(
  device: ManagedDevice,
  isdrAid: string | null,
  { openEuicc }: Pick<CardParts, 'openEuicc'>,
  { record, signal }: Pick<JobTools, 'record' | 'signal'>,
  work: (session: CardSession) => Promise<Result>,
): Promise<Result> {
  const guess = device.euiccOf(isdrAid)?.isdrAid ?? null;
  return device.useCard((access) => withCardSession({ access, openEuicc, isdrAid, guess, steps: record, signal }, work), signal);
}

/** @throws DeviceError of the card or the transport; NOT_AN_EUICC where the card has not the secure element that is meant; LebError CANCELLED */
export async function withCardSession<Result>(
  { access, openEuicc, isdrAid, guess, steps, signal }: CardSessionOptions,
  work: (session: CardSession) => Promise<Result>,
): Promise<Result> {
  steps.begin('openCard');
  let found = isdrAid ?? guess;
  const late = (): DeviceError => new DeviceError(access.via === 'modem' ? 'AT_TIMEOUT' : 'CARD_MUTE');
  const openNow = async (): Promise<RspEuicc> => {
    const opened = await withDeadline(openEuicc(access, found === null ? {} : { knownIsdrAid: found }), openDeadline, late);
    if (isdrAid !== null && opened.isdrAid !== isdrAid.toUpperCase()) {
      await opened.close();
      throw new DeviceError('NOT_AN_EUICC', { isdrAid });
    }
    found = opened.isdrAid;
    return opened;
  };
  let euicc: RspEuicc | null = null;
  let profiles: readonly ProfileInfo[] | null = null;
  const use = async <Value>(call: (opened: RspEuicc) => Promise<Value>, deadlineMs = commandDeadline): Promise<Value> => {
    euicc ??= await openNow();
    return withDeadline(call(euicc), deadlineMs, late);
  };
  /** A refresh ends every channel. A modem would keep its handle, so that ours is given up before; a reader's card forgets it. */
  const giveUpChannel = async (): Promise<void> => {
    profiles = null;
    if (access.via === 'modem') await euicc?.close();
    euicc = null;
  };
  const session: CardSession = {
    viaModem: access.via === 'modem',
    async profiles() {
      profiles ??= await use((opened) => opened.profiles());
      return profiles;
    },
    command(call) {
      profiles = null;
      return use(call);
    },
    use,
    readOverview: () => use((opened) => readOverview(opened, access.atr)),
    async refresh(goal) {
      await giveUpChannel();
      return withDeadline(access.refresh(goal), refreshDeadline, late);
    },
    async restart(goal) {
      if (access.restart === undefined) return 'unnoticed';
      await giveUpChannel();
      return withDeadline(access.restart(goal), restartDeadline, late);
    },
  };
  try {
    euicc = await openNow();
    if (signal.aborted) throw new LebError('CANCELLED');
    return await work(session);
  } catch (error) {
    throw afterRemoval(error);
  } finally {
    await euicc?.close();
  }
}

/** A reader that is found empty in the middle of an operation means that the card left during it. */
function afterRemoval(error: unknown): unknown {
  return isDeviceError(error) && error.code === 'NO_CARD' ? new DeviceError('CARD_REMOVED', error.details, { cause: error }) : error;
}
