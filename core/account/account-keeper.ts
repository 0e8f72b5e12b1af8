import { z } from 'zod';
import type { Account, AccountDeletion, Promotion, Session } from '#contract/account/index.ts';
import type { Language } from '#contract/common.ts';
import type { AccountSnapshot } from '#contract/desk/account.ts';
import { LebError } from '#contract/errors.ts';
import { instantNow, pause } from '../clock.ts';
import type { Log } from '../log.ts';
import type { SecretStore } from '../ports.ts';
import { toLebError, toProblem } from '../problem.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import type { ServiceClient } from './service-client.ts';

/** The account as the window sees it: who is signed in, lines, orders; read again by itself. */
export type AccountKeeper = {
  readonly snapshot: Publisher<AccountSnapshot>;
  /** Reads the stored session and the service; at once and then every minute. Only the first call does something. */
  start(): void;
  /** Resolves when the first reading is over, well or badly. */
  ready(): Promise<void>;
  refresh(): Promise<void>;
  register(login: string, password: string): Promise<Account>;
  signIn(login: string, password: string): Promise<Account>;
  signOut(): Promise<void>;
  /** Ends every session but this one, which goes on with a new token. @throws LebError PASSWORD_WRONG, PASSWORD_WEAK … */
  changePassword(input: { readonly currentPassword: string; readonly newPassword: string }): Promise<Account>;
  /** Runs a call that gives the account as it is afterwards, and shows it. @throws LebError */
  change(call: () => Promise<Account>): Promise<Account>;
  /** For good: the session ends with it. @throws LebError PASSWORD_WRONG, ORDER_IN_PROGRESS … */
  deleteAccount(password: string): Promise<AccountDeletion>;
  /** Lets the service write to the person in the language that they read. Never fails: the next reading tries again. */
  tellLanguage(): Promise<void>;
  /** Runs a call for a signed-in person. @throws LebError SIGN_IN_REQUIRED where nobody is, or no longer */
  signedIn<Result>(call: () => Promise<Result>): Promise<Result>;
  readonly token: string | null;
  close(): void;
};

const refreshInterval = 60_000;
const promotionsKeptFor = 10 * 60_000;
const linesAskedForPromotions = 3;
const storedSession = z.object({ token: z.string().min(1), expiresAt: z.string() });

export function createAccountKeeper(options: {
  readonly client: ServiceClient;
  readonly secrets: SecretStore;
  /** Which service the session belongs to: a token is never shown to another one. */
  readonly sessionName: string;
  readonly language: () => Language;
  readonly log: Log;
}): AccountKeeper {
  const { client, secrets, sessionName, log } = options;
  let token: string | null = null;
  let begun = false;
  let reading: Promise<void> | null = null;
  /** While the token is being replaced: the former one may be dead already, and the next one is not known yet. */
  let replacing: Promise<unknown> | null = null;
  let promotionsReadAt = -Infinity;
  /** Counts sign-ins and sign-outs, so that an answer for the former person is never shown to the next. */
  let generation = 0;
  const closing = new AbortController();
  const restored = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  const snapshot = createPublisher<AccountSnapshot>({
    service: null,
    state: 'starting',
    sessionStore: secrets.kind,
    account: null,
    lines: [],
    orders: [],
    promotions: [],
    asOf: null,
    problem: null,
  });
  const change = (next: Partial<AccountSnapshot>): void => snapshot.publish({ ...snapshot.value, ...next });

  async function forgetSession(problem: AccountSnapshot['problem']): Promise<void> {
    generation += 1;
    token = null;
    promotionsReadAt = -Infinity;
    change({ state: 'signedOut', account: null, lines: [], orders: [], promotions: [], asOf: null, problem });
    await secrets.delete(sessionName);
  }

  async function readStoredSession(): Promise<void> {
    const stored = await secrets.read(sessionName).catch((error: unknown) => {
      log.error('session.read', error);
      return null;
    });
    if (stored === null) return;
    const session = storedSession.safeParse(parseJson(stored));
    if (session.success && session.data.expiresAt > instantNow()) ({ token } = session.data);
    else await secrets.delete(sessionName);
  }

  /**
   * After the service refused a token: whether there is a newer one. A new password brings it, here or in another program on this computer
   * that shares the stored session.
   */
  async function isReplaced(refused: string | null): Promise<boolean> {
    await replacing?.catch(() => undefined);
    if (token === refused && refused !== null) await readStoredSession();
    return token !== null && token !== refused;
  }

  async function readAll(): Promise<void> {
    const mine = generation;
    const used = token;
    try {
      const service = snapshot.value.service ?? (await client.service.describe());
      if (token === null) {
        change({ service, state: 'signedOut', problem: null });
        return;
      }
      const [account, lines, orders] = await Promise.all([client.accounts.show(), client.lines.list(), client.orders.list()]);
      if (mine !== generation) return;
      const newestFirst = orders.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
      change({ service, state: 'signedIn', account, lines, orders: newestFirst, asOf: instantNow(), problem: null });
      await tellLanguage();
      await readPromotions(mine);
    } catch (error) {
      const failure = toLebError(error);
      if (failure.code === 'SIGN_IN_REQUIRED' && (await isReplaced(used))) return readAll();
      if (mine !== generation) return;
      if (failure.code === 'SIGN_IN_REQUIRED') await forgetSession(null);
      else change({ state: token === null ? 'signedOut' : 'signedIn', problem: toProblem(failure) });
      if (failure.code === 'INTERNAL') log.error('account.read', error);
    }
  }

  /** They change rarely and are asked for by line. Without them everything else is still true. */
  async function readPromotions(mine: number): Promise<void> {
    if (performance.now() - promotionsReadAt < promotionsKeptFor) return;
    promotionsReadAt = performance.now();
    const found = new Map<string, Promotion>();
    for (const { lineId } of snapshot.value.lines.slice(0, linesAskedForPromotions)) {
      try {
        for (const promotion of (await client.lines.options({ lineId })).promotions) found.set(promotion.code, promotion);
      } catch (error) {
        log.warn('account.promotions', { code: toLebError(error).code });
      }
    }
    if (mine === generation) change({ promotions: [...found.values()] });
  }

  /** Payment page, mail and SMS follow the account's language, so it follows the window's. */
  async function tellLanguage(): Promise<void> {
    const mine = generation;
    const language = options.language();
    const { account: holder } = snapshot.value;
    if (token === null || holder === null || !holder.languageFollows || holder.language === language) return;
    try {
      const account = await client.accounts.update({ language });
      if (mine === generation) change({ account });
    } catch (error) {
      log.warn('account.language', { code: toLebError(error).code });
    }
  }

  const refresh = (): Promise<void> => {
    reading ??= readAll().finally(() => {
      reading = null;
    });
    return reading;
  };

  async function keepFresh(): Promise<void> {
    await readStoredSession().finally(() => restored.resolve());
    await refresh();
    first.resolve();
    while (await pause(refreshInterval, closing.signal)) await refresh();
  }

  async function storeToken({ token: next, expiresAt }: Session): Promise<void> {
    token = next;
    // Not stored is not fatal: the session then ends with the program.
    await secrets
      .write(sessionName, JSON.stringify({ token: next, expiresAt }))
      .catch((error: unknown) => log.error('session.write', error));
  }

  async function replaceToken(ask: () => Promise<Session>): Promise<Session> {
    const session = await ask();
    await storeToken(session);
    return session;
  }

  async function takeSession(session: Session): Promise<Account> {
    await restored.promise; // or the stored session would replace this one
    generation += 1;
    promotionsReadAt = -Infinity;
    await storeToken(session);
    change({ state: 'signedIn', account: session.account, lines: [], orders: [], asOf: null, problem: null });
    await reading;
    await refresh();
    return session.account;
  }

  async function signedIn<Result>(call: () => Promise<Result>): Promise<Result> {
    await first.promise;
    const used = token;
    if (used === null) throw new LebError('SIGN_IN_REQUIRED');
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof LebError) || error.code !== 'SIGN_IN_REQUIRED') throw error;
      if (await isReplaced(used)) return call();
      await forgetSession(null);
      throw error;
    }
  }

  return {
    snapshot,
    get token() {
      return token;
    },
    start() {
      if (begun) return;
      begun = true;
      keepFresh().catch((error: unknown) => {
        log.error('account', error);
        change({ state: 'signedOut', problem: toProblem(error) });
        first.resolve();
      });
    },
    ready: () => first.promise,
    refresh,
    async register(login, password) {
      return takeSession(await client.accounts.register({ login, password, language: options.language() }));
    },
    async signIn(login, password) {
      return takeSession(await client.sessions.signIn({ login, password }));
    },
    async signOut() {
      // Here it ends in any case; there as soon as the service can be told.
      if (token !== null)
        await client.sessions.signOut().catch((error: unknown) => log.warn('session.signOut', { code: toLebError(error).code }));
      await forgetSession(null);
    },
    async changePassword(input) {
      const session = await signedIn(() => {
        const changed = replaceToken(() => client.accounts.changePassword(input));
        replacing = changed;
        return changed;
      });
      change({ account: session.account });
      return session.account;
    },
    async change(call) {
      const account = await signedIn(call);
      change({ account });
      return account;
    },
    async deleteAccount(password) {
      const left = await signedIn(() => client.accounts.delete({ password }));
      await forgetSession(null);
      return left;
    },
    tellLanguage,
    signedIn,
    close() {
      closing.abort();
      snapshot.close();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
