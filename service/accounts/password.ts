import { hash, verify } from '@node-rs/argon2';
import { LebError } from '#contract/errors.ts';
import { commonPasswords } from './common-passwords.ts';

/** OWASP's minimum for argon2id (the package's default kind): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
export const minimumPasswordLength = 8;

/** A hash that nothing matches, so that an unknown account costs as much time as a known one. */
let decoy: Promise<string> | null = null;

/** Each hash holds 19 MiB: a crowd of sign-ins waits in line instead of eating the memory. */
const maximumAtOnce = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inLine<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= maximumAtOnce) {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/**
 * Length and a list of common ones, no rules about kinds of characters (ASVS 5.0 §6.2.1, §6.2.4, §6.2.5). Throws PASSWORD_WEAK with
 * `details.reason` `short`, `common` or `login` (the password is one of the addresses that one signs in with).
 */
export function checkPasswordRules(password: string, logins: readonly (string | null)[]): void {
  const refuse = (reason: string): never => {
    throw new LebError('PASSWORD_WEAK', { reason, minimumLength: minimumPasswordLength });
  };
  if (Array.from(password).length < minimumPasswordLength) refuse('short');
  const lower = password.toLowerCase();
  if (commonPasswords.has(lower) || new Set(lower).size === 1) refuse('common');
  if (logins.some((login) => lower === login?.toLowerCase())) refuse('login');
}

/** Gives the PHC string, which names its own parameters. The password is taken as typed, in composed Unicode. */
export function hashPassword(password: string): Promise<string> {
  return inLine(() => hash(password.normalize('NFKC'), cost));
}

/** `stored` null: no such account; takes the same time and gives false. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const reference = await decoy;
  const matches = await inLine(() => verify(stored ?? reference, password.normalize('NFKC')));
  return stored !== null && matches;
}
