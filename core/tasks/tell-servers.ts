import type { EuiccOverview } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';
import type { PendingNotification } from '#native/euicc/euicc.ts';
import { isCardRefusal } from '#native/rsp/pending-notifications.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { CardSession } from './card-session.ts';
import type { TaskRecord } from './task-record.ts';

/** The servers are not waited for so long; a modem may need it to read many notifications. */
const handoverDeadline = 180_000;

export type Telling = {
  readonly outbox: Pick<Outbox, 'deliver'>;
  readonly record: Pick<TaskRecord, 'begin' | 'note'>;
  readonly signal: AbortSignal;
  /** Left out: all that the card has to say. */
  readonly seqNumbers?: readonly number[];
};

/**
 * The step in which the servers hear of what has happened on the card.
 * @returns what is left on the card's list
 * @throws DeviceError of the card, LebError STORE_FAILED
 */
export async function tellServers(
  session: CardSession,
  { eid, ciRoots }: Pick<EuiccOverview, 'eid' | 'ciRoots'>,
  { outbox, record, signal, seqNumbers }: Telling,
): Promise<readonly PendingNotification[]> {
  record.begin('sendNotifications');
  const ciKeyIds = ciRoots.map(({ keyId }) => keyId);
  const { deliveries, left, testRoots } = await session.use(
    (euicc) =>
      outbox.deliver(
        { euicc, eid, ciKeyIds },
        {
          signal,
          onDeliveries: (known) => record.note({ deliveries: [...known] }),
          ...(seqNumbers === undefined ? {} : { seqNumbers }),
        },
      ),
    handoverDeadline,
  );
  record.note({ deliveries: [...deliveries], ...(testRoots ? { testRoots } : {}) });
  return left;
}

/**
 * The same after a change that is done and proven: what goes wrong with the telling is no failure of it, as long as the card is there.
 * What was not taken off the card is on its list, and told another time.
 */
export async function tellServersOfChange(
  session: CardSession,
  overview: Pick<EuiccOverview, 'eid' | 'ciRoots'>,
  telling: Telling,
): Promise<readonly PendingNotification[]> {
  try {
    return await tellServers(session, overview, telling);
  } catch (error) {
    if (!isCardRefusal(error) && !(error instanceof LebError)) throw error;
    return session.use((euicc) => euicc.notifications());
  }
}
