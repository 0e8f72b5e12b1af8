import type { EuiccOverview } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';
import { DeviceError, isDeviceError } from '#native/errors.ts';
import type { MemoryResetOptions, ProfileInfo } from '#native/euicc/euicc.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { CardParts } from './card-parts.ts';
import { type CardSession, onCard } from './card-session.ts';
import type { Job } from './job.ts';
import { tellServersOfChange } from './tell-servers.ts';

export type MemoryReset = {
  readonly isdrAid: string | null;
  /** As the person has confirmed it. */
  readonly eid: string;
  readonly options: MemoryResetOptions;
};

/**
 * Deletes for good what is chosen (SGP.22 v2.5 §5.7.19), and tells the servers of the profiles that are gone.
 * @throws LebError INPUT_INVALID where nothing is chosen, or the EID is another card's
 */
export function resetMemoryJob(
  device: ManagedDevice,
  { isdrAid, eid, options }: MemoryReset,
  parts: Pick<CardParts, 'openEuicc' | 'outbox'>,
): Job {
  if (!Object.values(options).includes(true)) throw new LebError('INPUT_INVALID', { field: 'operationalProfiles' });
  if ((device.euiccOf(isdrAid)?.eid ?? eid) !== eid) throw new LebError('INPUT_INVALID', { field: 'eid' });
  return {
    kind: 'euicc.resetMemory',
    iccid: null,
    profileName: null,
    nickname: null,
    steps: ['openCard', 'resetMemory', 'refreshCard', 'readBack', 'sendNotifications'],
    async run(tools) {
      const { record, signal } = tools;
      const overview = await onCard(device, isdrAid, parts, tools, async (session) => {
        // The last reading may be of a card that was in here before.
        if ((await session.use((euicc) => euicc.eid())) !== eid) throw new LebError('INPUT_INVALID', { field: 'eid' });
        const inUse = (await session.profiles()).filter((profile) => profile.state === 'enabled' && isMeant(profile, options));
        record.begin('resetMemory');
        const deleted = await reset(session, options);
        // A modem is about to notice by itself, and its card is busy until it has: it is not asked before. Test profiles that came
        // with the card may stay, and then a card in a reader needs nothing.
        const [former] = inUse;
        if (deleted && former !== undefined && (session.viaModem || (await isGone(session, inUse)))) {
          // The terminal has to notice that the profile is gone with which it was registered.
          record.begin('refreshCard');
          const outcome = await session.refresh({ kind: 'disabled', iccid: former.iccid });
          if (outcome !== 'unnoticed') record.note({ refreshedBy: outcome });
        } else {
          record.skip('refreshCard');
        }
        record.begin('readBack');
        const read = await session.readOverview();
        prove(options, read);
        device.keepReading(read);
        return { ...read, notifications: [...(await tellServersOfChange(session, read, { outbox: parts.outbox, record, signal }))] };
      });
      device.keepReading(overview);
      return null;
    },
  };
}

function isMeant({ profileClass }: ProfileInfo, { operationalProfiles, testProfiles }: MemoryResetOptions): boolean {
  return profileClass === 'test' ? testProfiles : operationalProfiles;
}

async function isGone(session: CardSession, profiles: readonly ProfileInfo[]): Promise<boolean> {
  const left = new Set((await session.profiles()).map(({ iccid }) => iccid));
  return profiles.some(({ iccid }) => !left.has(iccid));
}

/** A toolkit session that keeps the card busy is ended by a reset. False where there was nothing to delete. */
async function reset(session: CardSession, options: MemoryResetOptions): Promise<boolean> {
  try {
    return await session.command((euicc) => euicc.resetMemory(options));
  } catch (error) {
    if (!isDeviceError(error) || error.code !== 'CAT_BUSY') throw error;
    await session.refresh({ kind: 'reset' });
    return session.command((euicc) => euicc.resetMemory(options));
  }
}

/** Test profiles that came with the card stay, and the address goes back to the factory's, whatever that is. */
function prove({ operationalProfiles }: MemoryResetOptions, { profiles }: EuiccOverview): void {
  if (!operationalProfiles || !profiles.some(({ profileClass }) => profileClass === 'operational')) return;
  throw new DeviceError('EUICC_REFUSED', { result: 'unchanged', command: 'eUICCMemoryReset' });
}
