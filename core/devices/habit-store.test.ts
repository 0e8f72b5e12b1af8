import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ModemIdentity } from '#native/modem/modem.ts';
import { createLog } from '../log.ts';
import { openStore } from '../store/store.ts';
import { createHabitStore } from './habit-store.ts';

const modem: ModemIdentity = { manufacturer: 'Quectel', model: 'EG25', revision: 'EG25GGBR07A08M2G', imei: '866758040000003' };

it('keeps what was learned by maker, model and firmware, across runs, and forgets it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leb-habits-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log = createLog(folder);
  let store = await openStore(folder, log);
  const habits = createHabitStore({ store, log });
  expect(habits.of(modem)).toEqual({ cardWay: null, refresh: null });
  habits.keep(modem, { cardWay: 'csimChannel' });
  habits.keep(modem, { refresh: 'cardOffOn' });
  habits.keep({ ...modem, revision: null }, { refresh: 'restart' });
  store.close();

  store = await openStore(folder, log);
  const again = createHabitStore({ store, log });
  expect(again.of({ ...modem, imei: null })).toEqual({ cardWay: 'csimChannel', refresh: 'cardOffOn' });
  expect(again.of({ ...modem, revision: 'EG25GGBR07A09M2G' })).toEqual({ cardWay: null, refresh: null });
  expect(again.of({ ...modem, revision: null }).refresh).toBe('restart');
  again.keep(modem, { refresh: null });
  expect(again.of(modem)).toEqual({ cardWay: 'csimChannel', refresh: null });

  store.run("update modem_habit set refresh = 'of a newer program'");
  expect(again.of(modem).refresh).toBeNull();
  store.close();
  // A store that fails costs the habits, and nothing else.
  again.keep(modem, { refresh: 'restart' });
  expect(again.of(modem)).toEqual({ cardWay: null, refresh: null });
});
