import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Task } from '#contract/desk/tasks.ts';
import { lebGlobal, meadowPersonal } from '#simulator/sample.ts';
import { type Desk, type OpenApplication, untilTaskEnds } from '../integration/core-stage.ts';
import { type LpaStage, openLpaStage, readerId } from '../support/lpa-stage.ts';
import { expectAllTold, untilSeen } from './support/agreement.ts';

/** The card is pulled out at every APDU of a switch and of a deletion, before it has seen it and after it has done it. */
let stage: LpaStage;
let application: OpenApplication;
let desk: Desk;

beforeEach(async () => {
  stage = await openLpaStage({ orders: [] });
  application = await stage.open();
  ({ desk } = application);
});
afterEach(async () => {
  await application.close();
  await stage.close();
});

const moments = ['before', 'after'] as const;
type Change = {
  start(): Promise<{ taskId: string }>;
  isDone(): boolean;
  /** What a second attempt says where the first one has done it. */
  readonly doneAlready: string;
};

/** One change at all its APDUs, one after the other on one card. `prepare` makes it a change again, with the card out. */
async function pullAtEach(moment: 'before' | 'after', nextChange: () => Change): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (let apdu = 1; ; apdu += 1) {
    const change = nextChange();
    const place = `APDU ${apdu}`;
    stage.card.removeAt(apdu, moment);
    const first = await untilTaskEnds(desk, change.start());
    const pulled = !stage.card.present();
    expectRecorded(first);
    if (!pulled) {
      expect([first.state, change.isDone()], place).toEqual(['done', true]);
      stage.card.remove();
      return outcomes;
    }
    // What had been proven before the card left is done; anything else has failed for this reason and no other.
    expect(first.state === 'done' ? 'done' : first.error?.code, place).toMatch(/^(?:done|CARD_REMOVED)$/);
    if (first.state === 'done') expect(change.isDone(), place).toBe(true);
    const wasDone = change.isDone();
    outcomes.push(`${first.state}, ${wasDone ? 'changed' : 'unchanged'}`);
    stage.card.insert();
    await untilSeen(desk, stage.card);

    const second = await untilTaskEnds(desk, change.start());
    expect(second.error?.code ?? second.state, place).toBe(wasDone ? change.doneAlready : 'done');
    expect(change.isDone(), place).toBe(true);
    const telling = await untilTaskEnds(desk, desk.notifications.send({ deviceId: readerId }));
    expect([telling.state, stage.card.state().notifications], place).toEqual(['done', []]);
    await untilSeen(desk, stage.card);
    stage.card.remove();
  }
}

/** The record of what was done says what the person was told. */
function expectRecorded({ taskId, state, error }: Task): void {
  const database = new SqliteDatabase(join(stage.dataDir, 'desk.db'), { readonly: true });
  try {
    const row = database.prepare('select state, error_code from profile_task where task_id = ?').get(taskId);
    expect(row).toEqual({ state, error_code: error?.code ?? null });
  } finally {
    database.close();
  }
}

it.each(moments)('pulled %s each APDU of a switch: what the card says is what is seen, and its servers hear of it', async (moment) => {
  const outcomes = await pullAtEach(moment, () => {
    stage.card.insert();
    const iccid = stage.card.state().enabledIccid === lebGlobal.iccid ? meadowPersonal.iccid : lebGlobal.iccid;
    return {
      start: () => desk.profiles.enable({ deviceId: readerId, iccid }),
      isDone: () => stage.card.state().enabledIccid === iccid,
      doneAlready: 'PROFILE_NOT_DISABLED',
    };
  });
  expect(outcomes.length).toBeGreaterThan(15);
  expect([...new Set(outcomes)]).toEqual(['failed, unchanged', 'failed, changed']);
  expectAllTold(stage);
});

const deletions = moments.flatMap(
  (moment) =>
    [
      [moment, 'a deletion', lebGlobal.iccid],
      [moment, 'a deletion of what is enabled', meadowPersonal.iccid],
    ] as const,
);
it.each(deletions)('pulled %s each APDU of %s: it is deleted once, and its server hears of it', async (moment, _what, enabledIccid) => {
  const { profiles } = stage.memory.load();
  const { iccid } = meadowPersonal;
  const outcomes = await pullAtEach(moment, () => {
    // As if it had been installed again in the meantime.
    stage.card.remove();
    stage.memory.save({ ...stage.memory.load(), profiles, enabledIccid });
    stage.card.insert();
    return {
      start: () => desk.profiles.delete({ deviceId: readerId, iccid, disableFirst: true }),
      isDone: () => stage.card.state().profiles.every((profile) => profile.iccid !== iccid),
      doneAlready: 'PROFILE_NOT_FOUND',
    };
  });
  expect(outcomes.length).toBeGreaterThan(10);
  // At the very last command, with which the channel is closed, it does not matter any more.
  expect([...new Set(outcomes)]).toEqual(['failed, unchanged', 'failed, changed', 'done, changed']);
  expectAllTold(stage);
});
