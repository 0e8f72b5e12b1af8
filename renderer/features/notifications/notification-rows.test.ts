import { expect, test } from 'vitest';
import type { OutboxEntry, PendingNotification, Profile } from '#contract/desk/devices.ts';
import { absentCards, nameOfNotified, notificationRows, overdueEntries } from './notification-rows.ts';

const eid = '89049032004008826000318000017225';
const other = '89044045930000000000001492101789';
const iccid = '8944990000004821602';
const pending = (seqNumber: number): PendingNotification => ({ seqNumber, event: 'enable', address: 'smdp.leb.example', iccid });
const entry = (seqNumber: number, change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  ...pending(seqNumber),
  entryId: `entry-${seqNumber}`,
  eid,
  state: 'waiting',
  attempts: 1,
  nextAttemptAt: null,
  problem: null,
  takenAt: '2026-05-14T10:00:00.000Z',
  ...change,
});

test('what is on the card and on its way is there once, in order, and the way it has come wins', () => {
  const rows = notificationRows({ eid, notifications: [pending(9), pending(12)] }, [
    entry(12, { state: 'sending' }),
    entry(10, { state: 'delivered' }),
    entry(11, { eid: other }),
  ]);
  expect(rows.map(({ seqNumber, state }) => [seqNumber, state])).toEqual([
    [9, 'onCard'],
    [10, 'delivered'],
    [12, 'sending'],
  ]);
});

test('cards that are not here are known by what they left to be sent', () => {
  expect(absentCards([{ eid }], [entry(1), entry(2, { eid: other }), entry(3, { eid: other })])).toEqual([
    { eid: other, notifications: [] },
  ]);
  expect(absentCards([{ eid }, { eid: other }], [entry(2, { eid: other })])).toEqual([]);
});

test('a profile that is gone is named by the end of its ICCID', () => {
  const profile = { iccid, nickname: 'Home', profileName: null, serviceProviderName: null } as Profile;
  expect(nameOfNotified(iccid, [profile])).toBe('Home');
  expect(nameOfNotified(iccid, [])).toBe('…4821602');
  expect(nameOfNotified(null, [profile])).toBeNull();
});

test('after a day something is overdue, unless its server has it', () => {
  const entries = [
    entry(1, { takenAt: '2026-05-14T09:00:00.000Z' }),
    entry(2, { takenAt: '2026-05-13T08:00:00.000Z', state: 'delivered' }),
    entry(3, { takenAt: '2026-05-13T09:00:00.000Z' }),
    entry(4, { takenAt: '2026-05-13T08:59:00.000Z' }),
  ];
  expect(overdueEntries(entries, new Date('2026-05-14T10:00:00.000Z')).map(({ seqNumber }) => seqNumber)).toEqual([4, 3]);
});
