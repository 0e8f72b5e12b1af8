import type { Delivery } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { EuiccOverview } from '#contract/desk/devices.ts';
import type { PendingNotification } from '#native/euicc/euicc.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { CardParts } from './card-parts.ts';
import { type CardSession, onCard } from './card-session.ts';
import type { Job } from './job.ts';
import { tellServers } from './tell-servers.ts';

type Parts = Pick<CardParts, 'openEuicc' | 'outbox'>;

const aboutNoProfile = { iccid: null, profileName: null, nickname: null } as const;

/** Tells the servers what the card has to say; `seqNumbers` null: everything. A server that is not reached does not fail the task. */
export function sendNotificationsJob(
  device: ManagedDevice,
  { isdrAid, seqNumbers }: { readonly isdrAid: string | null; readonly seqNumbers: readonly number[] | null },
  parts: Parts,
): Job {
  return {
    kind: 'notification.send',
    ...aboutNoProfile,
    steps: ['openCard', 'sendNotifications'],
    async run(tools) {
      const { record, signal } = tools;
      await onCard(device, isdrAid, parts, tools, async (session) => {
        const overview = await overviewOf(session, device, isdrAid);
        const chosen = seqNumbers === null ? {} : { seqNumbers };
        keepLeft(device, overview, await tellServers(session, overview, { outbox: parts.outbox, record, signal, ...chosen }));
      });
      // What was under way goes on by itself.
      if (signal.aborted) throw new LebError('CANCELLED');
      return null;
    },
  };
}

/** Takes notifications off the card without telling anybody. */
export function removeNotificationsJob(
  device: ManagedDevice,
  { isdrAid, seqNumbers }: { readonly isdrAid: string | null; readonly seqNumbers: readonly number[] },
  parts: Parts,
): Job {
  return {
    kind: 'notification.remove',
    ...aboutNoProfile,
    steps: ['openCard', 'removeNotifications', 'readBack'],
    async run(tools) {
      const { record, signal } = tools;
      await onCard(device, isdrAid, parts, tools, async (session) => {
        const overview = await overviewOf(session, device, isdrAid);
        const pending = await session.use((euicc) => euicc.notifications());
        record.begin('removeNotifications');
        // First, so that nothing is sent that has just been removed.
        parts.outbox.forget(overview.eid, seqNumbers);
        const deliveries: Delivery[] = [];
        for (const notification of pending.filter(({ seqNumber }) => seqNumbers.includes(seqNumber))) {
          if (signal.aborted) throw new LebError('CANCELLED');
          await session.command((euicc) => euicc.removeNotification(notification.seqNumber));
          deliveries.push({ ...notification, state: 'removed', problem: null });
          record.note({ deliveries: [...deliveries] });
        }
        record.begin('readBack');
        keepLeft(device, overview, await session.use((euicc) => euicc.notifications()));
      });
      return null;
    },
  };
}

/** The last reading, if it is of this very eUICC: notifications must not be taken for another one's. */
async function overviewOf(session: CardSession, device: ManagedDevice, isdrAid: string | null): Promise<EuiccOverview> {
  const known = device.euiccOf(isdrAid);
  if (known !== null && (await session.use((euicc) => euicc.eid())) === known.eid) return known;
  return session.readOverview();
}

function keepLeft(device: ManagedDevice, overview: EuiccOverview, left: readonly PendingNotification[]): void {
  device.keepReading({ ...overview, notifications: [...left] });
}
