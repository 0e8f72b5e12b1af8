import type { Problem } from '#contract/common.ts';
import type { EuiccOverview, OutboxEntry, PendingNotification, Profile } from '#contract/desk/devices.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { shortIccid } from '#renderer/i18n/identifiers.ts';

/** One thing that a chip has to tell a server, and how far it has come. `onCard`: nothing was done about it yet. */
export type NotificationRow = PendingNotification & {
  readonly state: 'onCard' | OutboxEntry['state'];
  /** Null where it waits for an earlier one, or for its card. */
  readonly nextAttemptAt: string | null;
  readonly problem: Problem | null;
};

type OnChip = Pick<EuiccOverview, 'eid' | 'notifications'>;

/** What is on the card and what is on its way, each once and in the order in which it happened. The way it has come is the newer news. */
export function notificationRows({ eid, notifications }: OnChip, outbox: readonly OutboxEntry[]): readonly NotificationRow[] {
  const rows = new Map<number, NotificationRow>();
  for (const notification of notifications) {
    rows.set(notification.seqNumber, { ...notification, state: 'onCard', nextAttemptAt: null, problem: null });
  }
  for (const entry of outbox) if (entry.eid === eid) rows.set(entry.seqNumber, entry);
  return [...rows.values()].toSorted((one, other) => one.seqNumber - other.seqNumber);
}

/** What is on its way from cards that are not here, card by card. */
export function absentCards(present: readonly Pick<EuiccOverview, 'eid'>[], outbox: readonly OutboxEntry[]): readonly OnChip[] {
  const here = new Set(present.map(({ eid }) => eid));
  return [...new Set(outbox.map(({ eid }) => eid))].filter((eid) => !here.has(eid)).map((eid) => ({ eid, notifications: [] }));
}

/** The profile that a notification is about: by its name while it is on the chip, else by the end of its ICCID. */
export function nameOfNotified(iccid: string | null, profiles: readonly Profile[]): string | null {
  if (iccid === null) return null;
  const profile = profiles.find((candidate) => candidate.iccid === iccid);
  return profile === undefined ? shortIccid(iccid) : profileName(profile);
}

/** Servers answer within seconds, and every program start tries again: what is still here after a day needs a person. */
const patienceMs = 86_400_000;

/** What waits longer than it should, the oldest first. */
export function overdueEntries(outbox: readonly OutboxEntry[], now: Date): readonly OutboxEntry[] {
  return outbox
    .filter(({ state, takenAt }) => state !== 'delivered' && now.getTime() - Date.parse(takenAt) > patienceMs)
    .toSorted((one, other) => one.takenAt.localeCompare(other.takenAt));
}
