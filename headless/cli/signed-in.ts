import type { Line, Order } from '#contract/account/index.ts';
import type { AccountSnapshot } from '#contract/desk/account.ts';
import { LebError } from '#contract/errors.ts';
import type { OpenedDesk, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import type { Words } from './words.ts';

/** The account once it has been read. The service is a process of its own, which takes a moment to start. */
export async function readAccount(opened: OpenedDesk, terminal: Terminal): Promise<AccountSnapshot> {
  terminal.progress.begin(terminal.words.say('progress.account'));
  for await (const snapshot of await opened.desk.account.watch(undefined, { signal: terminal.interrupted })) {
    if (snapshot.state === 'starting') continue;
    // Nothing was read, and the reason is known.
    if (snapshot.service === null && snapshot.problem !== null) throw new LebError(snapshot.problem.code, snapshot.problem.details);
    terminal.progress.end('done');
    return snapshot;
  }
  throw new LebError('CANCELLED');
}

/** @throws LebError SIGN_IN_REQUIRED, or why the account could not be read */
export async function readSignedIn(opened: OpenedDesk, terminal: Terminal): Promise<AccountSnapshot> {
  const snapshot = await readAccount(opened, terminal);
  if (snapshot.state !== 'signedIn') throw new LebError('SIGN_IN_REQUIRED');
  if (snapshot.asOf === null && snapshot.problem !== null) throw new LebError(snapshot.problem.code, snapshot.problem.details);
  return snapshot;
}

/**
 * The line that a person names: by its number, nickname, ICCID or identifier. Without a name the only one.
 * @throws LebError LINE_UNKNOWN with the lines that there are; UsageError where several fit
 */
export function findLine(words: Words, lines: readonly Line[], given: string | null): Line {
  const digits = given?.replaceAll(/[\s()-]/gu, '') ?? '';
  const fitting =
    given === null
      ? lines
      : lines.filter(
          ({ lineId, msisdn, iccid, nickname }) =>
            lineId === given || msisdn === digits || iccid === digits || nickname?.toLowerCase() === given.toLowerCase(),
        );
  const [first, ...more] = fitting;
  const candidates = lines.map(({ msisdn }) => msisdn).join(', ');
  if (more.length > 0) throw new UsageError(words.say('usage.whichLine', { value: candidates }));
  if (first === undefined) throw new LebError('LINE_UNKNOWN', { ...(given === null ? {} : { line: given }), candidates });
  return first;
}

/** By its number or its identifier. @throws LebError ORDER_UNKNOWN */
export function findOrder(orders: readonly Order[], given: string): Order {
  const order = orders.find(({ orderId, number }) => orderId === given || number.toLowerCase() === given.toLowerCase());
  if (order === undefined) throw new LebError('ORDER_UNKNOWN', { order: given });
  return order;
}
