import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LebError } from '#contract/errors.ts';
import { createLog } from '../log.ts';
import { openStore } from './store.ts';

describe('store', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'leb-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps what was written', async () => {
    const first = await openStore(folder, createLog(folder));
    first.run('insert into setting (name, value) values ($name, $value)', { name: 'theme', value: '"dark"' });
    first.close();
    const second = await openStore(folder, createLog(folder));
    expect(second.all('select value from setting where name = $name', { name: 'theme' })).toEqual([{ value: '"dark"' }]);
    expect(second.problem).toBeNull();
    second.close();
  });

  it('is durable and shared: WAL, synchronous FULL, two programs at once', async () => {
    const one = await openStore(folder, createLog(folder));
    const other = await openStore(folder, createLog(folder));
    expect(one.all('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(one.all('pragma synchronous')).toEqual([{ synchronous: 2 }]);
    one.run("insert into setting (name, value) values ('a', '1')");
    other.run("insert into setting (name, value) values ('b', '2')");
    expect(one.all('select count(*) as count from setting')).toEqual([{ count: 2 }]);
    one.close();
    other.close();
  });

  it('moves a damaged file aside and says so', async () => {
    writeFileSync(join(folder, 'desk.db'), 'this is not a database, and it is long enough to be looked at '.repeat(40));
    const store = await openStore(folder, createLog(folder));
    expect(store.problem).toMatchObject({ code: 'STORE_FAILED', details: { reason: 'SQLITE_NOTADB' } });
    expect(store.all('select * from setting')).toEqual([]);
    store.close();
    expect(readdirSync(folder).some((name) => name.startsWith('desk.db.unusable-'))).toBe(true);
  });

  it('moves the file of a newer program aside', async () => {
    const newer = new SqliteDatabase(join(folder, 'desk.db'));
    newer.pragma('user_version = 99');
    newer.close();
    const store = await openStore(folder, createLog(folder));
    expect(store.problem?.details['reason']).toBe('newerProgram');
    store.close();
  });

  it('answers a bad statement with a code of the table', async () => {
    const store = await openStore(folder, createLog(folder));
    expect(() => store.run('insert into nowhere values (1)')).toThrow(LebError);
    store.close();
  });
});
