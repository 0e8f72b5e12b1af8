import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from './database.ts';

/** Where the data is: a file of this machine, or a PostgreSQL server that any number of instances share. */
export type DatabasePlace = { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** Opens the database, with only the driver that it needs. `onLost` is told of connections that broke by themselves. */
export async function openDatabase(place: DatabasePlace, onLost: (error: Error) => void): Promise<Database> {
  if (place.kind === 'postgres') return (await import('./postgres.ts')).openPostgres(place.url, onLost);
  if (place.path !== ':memory:') mkdirSync(dirname(place.path), { recursive: true });
  return (await import('./sqlite.ts')).openSqlite(place.path);
}
