import type { EuiccOverview } from '#contract/desk/devices.ts';
import type { StepName } from '#contract/desk/tasks.ts';
import { DeviceError } from '#native/errors.ts';
import type { ProfileInfo } from '#native/euicc/euicc.ts';
import { readAgain } from '../devices/euicc-overview.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { CardSession } from './card-session.ts';
import { createSwitching, findProfile, type Switching } from './switching.ts';
import type { StepReporter, TaskRecord } from './task-record.ts';
import { tellServersOfChange } from './tell-servers.ts';

/** `isdrAid` null: the first secure element. */
type OnProfile = { readonly iccid: string; readonly isdrAid: string | null };
/** Without `refresh` the card is left as the command left it; without `notify` what it has to tell stays on it. */
type SwitchOptions = OnProfile & { readonly refresh: boolean; readonly notify: boolean };

export type ProfileChange =
  | (SwitchOptions & { readonly kind: 'profile.enable' })
  | (SwitchOptions & { readonly kind: 'profile.disable' })
  | (SwitchOptions & { readonly kind: 'profile.delete'; readonly disableFirst: boolean })
  | (OnProfile & { readonly kind: 'profile.rename'; readonly nickname: string });

/** The steps of a change, in the order in which they come. A reader's card is reset at the end, a modem has done it by the reading. */
export function stepsOf(change: ProfileChange, viaModem: boolean): readonly StepName[] {
  const refresh: readonly StepName[] = 'refresh' in change && change.refresh ? ['refreshCard'] : [];
  const telling: readonly StepName[] = 'notify' in change && change.notify ? ['sendNotifications'] : [];
  const afterSwitch = viaModem ? ([...refresh, 'readBack', ...telling] as const) : (['readBack', ...telling, ...refresh] as const);
  switch (change.kind) {
    case 'profile.enable':
      return [
        'openCard',
        'disableProfile',
        'enableProfile',
        ...afterSwitch,
        ...(viaModem && change.refresh ? ['waitForNetwork' as const] : []),
      ];
    case 'profile.disable':
      return ['openCard', 'disableProfile', ...afterSwitch];
    case 'profile.delete':
      return ['openCard', 'disableProfile', ...refresh, 'deleteProfile', 'readBack', ...telling];
    case 'profile.rename':
      return ['openCard', 'renameProfile', 'readBack'];
    default:
      return change satisfies never;
  }
}

export type ChangeTools = {
  /** From the last reading, perhaps of long ago: good for a guess that the card will check. */
  readonly known: EuiccOverview | null;
  readonly record: Pick<TaskRecord, 'begin' | 'skip' | 'note'>;
  readonly signal: AbortSignal;
  readonly outbox: Pick<Outbox, 'deliver'>;
};

/**
 * One change of one profile, on one opened way to the card: the command, the reading that proves it, what the servers have to hear of
 * it, and the refresh that it needs (SGP.22 v2.5 §5.7.16–§5.7.18, §5.7.21). The command's own answer is never believed alone.
 * @returns the eUICC as it is afterwards
 * @throws DeviceError of the card or the transport; EUICC_REFUSED with details.result `unchanged` where the card said yes and did nothing
 */
export async function changeProfile(session: CardSession, change: ProfileChange, tools: ChangeTools): Promise<EuiccOverview> {
  const refresh = 'refresh' in change && change.refresh;
  const switching = createSwitching(session, { refresh, remembered: tools.known?.profiles ?? [], record: tools.record });
  const memoryChanged = await applyChange(session, switching, change, tools.record);
  tools.record.begin('readBack');
  const profiles = await session.profiles();
  prove(change, profiles);
  const former = tools.known ?? (await session.readOverview());
  const told = 'notify' in change && change.notify ? await tellServersOfChange(session, former, tools) : null;
  const notifications = told ?? (tools.known === null ? former.notifications : undefined);
  const overview = await session.use((euicc) =>
    readAgain(euicc, former, { profiles, memoryChanged, ...(notifications === undefined ? {} : { notifications }) }),
  );
  await switching.settle();
  return overview;
}

/** @returns whether the free memory is another one now */
async function applyChange(session: CardSession, switching: Switching, change: ProfileChange, steps: StepReporter): Promise<boolean> {
  const { iccid } = change;
  switch (change.kind) {
    case 'profile.enable':
      await switching.enable(iccid);
      return false;
    case 'profile.disable':
      await switching.disable(iccid);
      return false;
    case 'profile.delete':
      if (findProfile(await session.profiles(), iccid).state === 'enabled') {
        if (!change.disableFirst) throw new DeviceError('PROFILE_NOT_DISABLED', { iccid });
        await switching.disable(iccid);
        await switching.settle();
      } else {
        steps.skip('disableProfile');
        steps.skip('refreshCard');
      }
      steps.begin('deleteProfile');
      await session.command((euicc) => euicc.deleteProfile({ iccid }));
      return true;
    case 'profile.rename':
      steps.begin('renameProfile');
      await session.command((euicc) => euicc.setNickname(iccid, change.nickname));
      return false;
    default:
      return change satisfies never;
  }
}

function prove(change: ProfileChange, profiles: readonly ProfileInfo[]): void {
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
