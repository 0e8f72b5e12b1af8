import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** An identifier whose text order is its order in time, made without asking the database. */
export function newId(prefix: string): string {
  return `${prefix}_${v7().replaceAll('-', '')}`;
}

/** 256 bits that nobody can guess, for a header or an address. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. It has full entropy, so a fast hash is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
