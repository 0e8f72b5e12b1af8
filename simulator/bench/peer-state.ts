import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What one virtual peer remembers: its own tables and a few named settings. */
export type PeerState = {
  readonly database: Database.Database;
  setting(name: string): string | null;
  /** The stored value; the first caller's value is kept for good. */
  settingOr(name: string, make: () => string): string;
  set(name: string, value: string): void;
  close(): void;
};

/**
 * Opens `<stateDir>/<peer>.sqlite` (made when missing), or a database in memory when there is no folder.
 *
 * WAL with `synchronous=NORMAL`: a bench that is killed loses nothing, and only a power cut could take the last commits
 * of a peer that holds no real money.
 */
export function openPeerState(stateDir: string | null, peer: string, schema: string): PeerState {
  if (stateDir !== null) mkdirSync(stateDir, { recursive: true });
  const database = new Database(stateDir === null ? ':memory:' : join(stateDir, `${peer}.sqlite`));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('busy_timeout = 5000');
  database.exec('create table if not exists setting (name text primary key, value text not null) strict');
  database.exec(schema);

  const read = database.prepare<[string], { value: string }>('select value from setting where name = ?');
  const write = database.prepare<[string, string]>(
    'insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  const setting = (name: string): string | null => read.get(name)?.value ?? null;
  return {
    database,
    setting,
    settingOr(name, make) {
      const present = setting(name);
      if (present !== null) return present;
      const value = make();
      write.run(name, value);
      return value;
    },
    set(name, value) {
      write.run(name, value);
    },
    close() {
      database.close();
    },
  };
}
