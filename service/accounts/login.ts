import { z } from 'zod';
import { LebError } from '#contract/errors.ts';

/** What a person signs in with, in the one form in which it is stored and compared. */
export type Login = { readonly kind: 'email'; readonly email: string } | { readonly kind: 'phone'; readonly phone: string };

const email = z.email();

/**
 * Tells an e-mail address (lower-cased, composed Unicode) from a phone number (E.164: `+`, country code, at most 15 digits; ITU-T E.164 §6).
 * A number needs its country code: `+` or `00` in front. Throws LOGIN_INVALID.
 */
export function parseLogin(typed: string): Login {
  const text = typed.normalize('NFKC').trim();
  if (text.includes('@')) {
    const lower = text.toLowerCase();
    if (email.safeParse(lower).success) return { kind: 'email', email: lower };
    throw new LebError('LOGIN_INVALID');
  }
  if (!/^[+\d\s().\-/]+$/.test(text)) throw new LebError('LOGIN_INVALID');
  // "+44 (0)7700 …": the zero in brackets is dialled only inside the country.
  const digits = text.replace(/\(0\)/g, '').replace(/[\s().\-/]/g, '');
  const international = digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
  if (/^\+[1-9]\d{6,14}$/.test(international)) return { kind: 'phone', phone: international };
  throw new LebError('LOGIN_INVALID');
}

export function loginText(login: Login): string {
  return login.kind === 'email' ? login.email : login.phone;
}

/** `m••••@example.org`, `+44••••482`: enough to recognise one's own, not enough to learn another's. */
export function maskRecipient(recipient: string): string {
  const at = recipient.indexOf('@');
  if (at > 0) return `${recipient.slice(0, 1)}••••${recipient.slice(at)}`;
  return `${recipient.slice(0, 3)}••••${recipient.slice(-3)}`;
}
