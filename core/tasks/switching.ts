import type { Profile } from '#contract/desk/devices.ts';
import type { RefreshGoal } from '#native/apdu/card-access.ts';
import { DeviceError, isDeviceError, type DeviceErrorCode } from '#native/errors.ts';
import type { ProfileInfo, ProfileSelector, ProfileState } from '#native/euicc/euicc.ts';
import { isCardRefusal } from '#native/rsp/pending-notifications.ts';
import type { CardSession } from './card-session.ts';
import type { TaskRecord } from './task-record.ts';

/** Enables and disables the profiles of one card, however awkward it is. */
export type Switching = {
  enable(iccid: string): Promise<void>;
  disable(iccid: string): Promise<void>;
  /** The refresh that is still due. */
  settle(): Promise<void>;
};

export type SwitchingOptions = {
  /** Whether the card may be refreshed. */
  readonly refresh: boolean;
  /** From the last reading, perhaps of long ago: good for a guess that the card will check. */
  readonly remembered: readonly Profile[];
  readonly record: Pick<TaskRecord, 'begin' | 'skip' | 'note'>;
};

/** Refusals that another try cannot change. */
const final: ReadonlySet<DeviceErrorCode> = new Set([
  'PROFILE_POLICY',
  'CARD_REMOVED',
  'READER_GONE',
  'NO_CARD',
  'PORT_CLOSED',
  'SIM_ABSENT',
]);

/** A card that is busy after so many resets will not be free after one more. */
const mostResets = 3;

type SwitchCommand = 'enableProfile' | 'disableProfile';

export function createSwitching(session: CardSession, { refresh, remembered, record }: SwitchingOptions): Switching {
  let due: RefreshGoal | null = null;
  let resetsLeft = mostResets;

  /** @returns whether the terminal has noticed */
  async function refreshCard(goal: RefreshGoal): Promise<boolean> {
    due = null;
    record.begin('refreshCard');
    const outcome = await session.refresh(goal);
    if (outcome !== 'unnoticed' && goal.kind !== 'reset') record.note({ refreshedBy: outcome });
    return outcome !== 'unnoticed';
  }

  async function restart(goal: RefreshGoal): Promise<void> {
    record.begin('refreshCard');
    const outcome = await session.restart(goal);
    if (outcome !== 'unnoticed') record.note({ refreshedBy: outcome });
  }

  async function settle(): Promise<void> {
    if (due !== null) await refreshCard(due);
  }

  /**
   * Without the refresh flag the switch is done before the answer (SGP.22 v2.5 §3.2.1): the open channel shows it, and a reader's card can
   * be reset at the end. A card that shows it only after the reset, or not on this channel, is looked at again.
   */
  async function isDoneAlready(iccid: string, wanted: ProfileState): Promise<boolean> {
    try {
      return stateOf(await session.profiles(), iccid) === wanted;
    } catch (error) {
      if (!refresh || !(isCardRefusal(error) || (isDeviceError(error) && error.code === 'CHANNEL_UNAVAILABLE'))) throw error;
      return false;
    }
  }

  /** @returns why the card said no; null for a yes. A toolkit session that keeps it busy is ended by a reset. */
  async function attempt(command: SwitchCommand, selector: ProfileSelector, flag: boolean): Promise<DeviceError | null> {
    for (;;) {
      record.begin(command);
      try {
        await session.command((euicc) => euicc[command](selector, flag));
        return null;
      } catch (error) {
        if (!isDeviceError(error) || final.has(error.code)) throw error;
        if (error.code !== 'CAT_BUSY' || !refresh || resetsLeft === 0) return error;
        resetsLeft -= 1;
        await refreshCard({ kind: 'reset' });
      }
    }
  }

  /**
   * By ICCID and, if the card does not like that, by AID; the way of refreshing that fits the transport first (reader: flag 0 and a power
   * cycle; modem: flag 1, whose REFRESH the modem acts on), the other one after it (SGP.22 v2.5 §5.7.16). After each failure the card is
   * asked what is true now: a modem often loses the answer of a switch that happened.
   */
  async function switchTo(iccid: string, wanted: ProfileState): Promise<void> {
    const command: SwitchCommand = wanted === 'enabled' ? 'enableProfile' : 'disableProfile';
    const before =
      remembered.find((profile) => profile.iccid === iccid && profile.state !== wanted) ?? findProfile(await session.profiles(), iccid);
    if (before.state === wanted) throw new DeviceError(wanted === 'enabled' ? 'PROFILE_NOT_DISABLED' : 'PROFILE_NOT_ENABLED', { iccid });
    const byIccid: ProfileSelector = { iccid };
    const selectors = before.isdpAid === null ? [byIccid] : [byIccid, { isdpAid: before.isdpAid }];
    const flags = refresh ? [session.viaModem, !session.viaModem] : [false];
    let failure: DeviceError | null = null;
    for (const { flag, selector } of flags.flatMap((one) => selectors.map((other) => ({ flag: one, selector: other })))) {
      failure = await attempt(command, selector, flag);
      if (failure === null && !flag && !(session.viaModem && refresh) && (await isDoneAlready(iccid, wanted))) {
        due = refresh ? { kind: wanted, iccid } : null;
        return;
      }
      // After a yes the switch takes effect here; after a lost answer the card is brought back to its senses.
      const goal: RefreshGoal = { kind: wanted, iccid };
      const isNoticed = !refresh || (failure !== null && !needsRefresh(failure.code)) || (await refreshCard(goal));
      if (stateOf(await session.profiles(), iccid) === wanted) {
        // The card has done it, and nothing gentler has made the terminal look.
        if (!isNoticed) await restart(goal);
        return;
      }
      failure ??= new DeviceError('EUICC_REFUSED', { result: 'unchanged', command });
    }
    throw failure ?? new DeviceError('EUICC_REFUSED', { result: 'unchanged', command });
  }

  return {
    disable: (iccid) => switchTo(iccid, 'disabled'),
    /** Most cards disable the former profile themselves; some want it done first (SGP.22 v2.5 §5.7.16: the LPA may do either). */
    async enable(iccid) {
      record.skip('disableProfile');
      try {
        await switchTo(iccid, 'enabled');
      } catch (error) {
        if (!isDeviceError(error) || error.code !== 'EUICC_REFUSED' || error.details['result'] === 'unchanged') throw error;
        const former = (await session.profiles()).find(({ state }) => state === 'enabled');
        if (former === undefined || former.iccid === iccid) throw error;
        await switchTo(former.iccid, 'disabled');
        await settle();
        try {
          await switchTo(iccid, 'enabled');
        } catch (still) {
          // Nobody is left without a network for an attempt that failed.
          await switchTo(former.iccid, 'enabled').then(settle, () => undefined);
          throw still;
        }
      }
    },
    settle,
  };
}

export function findProfile(profiles: readonly ProfileInfo[], iccid: string): ProfileInfo {
  const profile = profiles.find((candidate) => candidate.iccid === iccid);
  if (profile === undefined) throw new DeviceError('PROFILE_NOT_FOUND', { iccid });
  return profile;
}

function stateOf(profiles: readonly ProfileInfo[], iccid: string): ProfileState {
  return findProfile(profiles, iccid).state;
}

function needsRefresh(code: DeviceErrorCode): boolean {
  return !['PROFILE_NOT_DISABLED', 'PROFILE_NOT_ENABLED', 'PROFILE_WRONG_REENABLING', 'EUICC_REFUSED'].includes(code);
}
