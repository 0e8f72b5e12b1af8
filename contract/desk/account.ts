/** The account as the window sees it. Shapes are the service's own; the application adds what only it can know. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  account,
  accountDeletion,
  addressCode,
  line,
  login,
  order,
  password,
  promotion,
  quote,
  renewalOption,
  serviceDescription,
  sessionEntry,
  supportReceipt,
  supportRequest,
} from '../account/index.ts';
import { instant, language, period, problem, procedure } from '../common.ts';
import { deviceId } from './devices.ts';

export const accountSnapshot = z.object({
  service: serviceDescription.nullable(), // null until it was reached once
  state: z.enum(['starting', 'signedOut', 'signedIn']),
  /** Where the session lives: the system's secret store, the login session, or memory only (it ends with the program). */
  sessionStore: z.enum(['system', 'loginSession', 'memory']),
  account: account.nullable(),
  lines: z.array(line),
  orders: z.array(order), // newest first
  promotions: z.array(promotion),
  /** When lines and orders were last read; null before that. */
  asOf: instant.nullable(),
  /** Why the last reading failed; the figures above are then stale. */
  problem: problem.nullable(),
});

/** One node of the chain. `unknown`: not yet known or cannot be known here (no device); `evidence` is what was seen. */
export const proof = z.object({
  state: z.enum(['unknown', 'waiting', 'proven', 'failed', 'notApplicable']),
  at: instant.nullable(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  problem: problem.nullable(),
});

export const renewal = z.object({
  order,
  pageUrl: z.string().nullable(), // the live hosted page, while the order is open
  /** What the person sees: waiting for payment, payment failed, being applied, verified, or over. */
  phase: z.enum(['waiting', 'failed', 'applying', 'verified', 'cancelled', 'expired', 'refunded']),
  chain: z.object({ account: proof, carrier: proof, chip: proof, network: proof }),
  /** The profile on a chip that belongs to this line, and the device it is in. */
  device: z.object({ deviceId, iccid: z.string() }).nullable(),
});

export const accountDeskContract = {
  /** Everything about the account, now and after each change. */
  watch: procedure.output(eventIterator(accountSnapshot)),
  /** Reads lines and orders again now. */
  refresh: procedure.output(z.void()),
  register: procedure.input(z.object({ login, password })).output(account),
  signIn: procedure.input(z.object({ login, password })).output(account),
  signOut: procedure.output(z.void()),
  forgotPassword: procedure.input(z.object({ login })).output(z.object({ validMinutes: z.int() })),
  /** Every other session ends; this one goes on. */
  changePassword: procedure.input(z.object({ currentPassword: password, newPassword: password })).output(account),
  /** Where the account is signed in; this program first. */
  sessions: procedure.output(z.array(sessionEntry)),
  endSession: procedure.input(z.object({ sessionId: z.string() })).output(z.void()),
  endOtherSessions: procedure.output(z.object({ ended: z.int() })),
  /** Has a code sent to an address that is to replace the present one of its kind; nothing changes before it comes back. */
  changeAddress: procedure.input(z.object({ address: login, password })).output(addressCode),
  /** Has a code sent to an address that the account has. */
  verifyAddress: procedure.input(z.object({ kind: z.enum(['email', 'phone']) })).output(addressCode),
  confirmAddress: procedure.input(z.object({ code: z.string().trim() })).output(account),
  /** The language of letters and messages; `window`: that of this program, also when it changes. */
  setMailLanguage: procedure.input(z.object({ language: z.enum(['window', ...language.options]) })).output(account),
  /** What the service stores, as the text of one file for the person to keep. */
  exportData: procedure.output(z.object({ fileName: z.string(), text: z.string() })),
  /** Deletes the account for good and signs out. */
  deleteAccount: procedure.input(z.object({ password })).output(accountDeletion),
  claimLine: procedure.input(z.object({ iccid: z.string().trim(), claimCode: z.string().trim().min(4).max(64) })).output(line),
  contactSupport: procedure.input(supportRequest).output(supportReceipt),
};

export const renewalContract = {
  options: procedure
    .input(z.object({ lineId: z.string() }))
    .output(z.object({ options: z.array(renewalOption), promotions: z.array(promotion) })),
  quote: procedure
    .input(z.object({ lineId: z.string(), planId: z.string(), period, promotionCode: z.string().trim().max(40).nullable() }))
    .output(quote),
  /** Makes the order from the quote that the person saw and opens its hosted page in the system's browser. `opened`: false where there is none to open. */
  start: procedure.input(z.object({ quote })).output(z.object({ renewal, opened: z.boolean() })),
  /** Opens the page again; `fresh`: a new attempt with another method. */
  openPage: procedure
    .input(z.object({ orderId: z.string(), fresh: z.boolean() }))
    .output(z.object({ url: z.string(), opened: z.boolean() })),
  /** "I have paid": asks the service to read the provider now. */
  check: procedure.input(z.object({ orderId: z.string() })).output(renewal),
  cancel: procedure.input(z.object({ orderId: z.string() })).output(renewal),
  /** One renewal, now and after each change, until it is over. */
  watch: procedure.input(z.object({ orderId: z.string() })).output(eventIterator(renewal)),
};

export const settings = z.object({
  language: z.enum(['system', ...language.options]),
  theme: z.enum(['system', 'light', 'dark']),
  technicianMode: z.boolean(),
  /** PEM of further roots that SM-DP+ servers may chain to; empty: the GSMA's alone. */
  testRoots: z.string().max(65_536),
});

export const settingsContract = {
  watch: procedure.output(eventIterator(settings)),
  update: procedure.input(settings.partial()).output(settings),
};

export type AccountSnapshot = z.infer<typeof accountSnapshot>;
export type Proof = z.infer<typeof proof>;
export type Renewal = z.infer<typeof renewal>;
export type Settings = z.infer<typeof settings>;
