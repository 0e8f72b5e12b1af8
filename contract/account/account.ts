/** The account itself: who it is, where it is signed in, how it is reached. */
import { z } from 'zod';
import { instant, language } from '../common.ts';

export const account = z.object({
  accountId: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(), // E.164
  /** Whether the person has shown that they read what is sent there. */
  emailVerified: z.boolean(),
  phoneVerified: z.boolean(),
  language, // of letters and messages
  /** The language is that of the application; false: the person has chosen it. */
  languageFollows: z.boolean(),
  createdAt: instant,
});

export const session = z.object({ token: z.string(), expiresAt: instant, account });

/** A place where the account is signed in, and what it can be recognised by; null where the program did not say. */
export const sessionEntry = z.object({
  sessionId: z.string(),
  shell: z.enum(['electron', 'web', 'cli']).nullable(),
  platform: z.string().nullable(), // as Node names it: linux, darwin, win32
  version: z.string().nullable(),
  createdAt: instant,
  usedAt: instant, // to a few minutes
  current: z.boolean(), // the one that asks
});

/** A code is on its way to an address of this kind. */
export const addressCode = z.object({ kind: z.enum(['email', 'phone']), validMinutes: z.int() });

/** What a deletion left: orders that the books need, without a name; lines that anybody with their code may claim. */
export const accountDeletion = z.object({ ordersKept: z.int(), linesReleased: z.int() });

export type Account = z.infer<typeof account>;
export type Session = z.infer<typeof session>;
export type AddressCode = z.infer<typeof addressCode>;
export type AccountDeletion = z.infer<typeof accountDeletion>;
export type SessionEntry = z.infer<typeof sessionEntry>;
