import { accountExport, type AccountExport } from '#contract/account/index.ts';
import { toInstant } from '../clock.ts';
import type { Database, Row } from '../database/database.ts';
import { lastFigures, type LineRow } from '../lines/lines.ts';
import { listOrders } from '../orders/order-store.ts';
import { listSessions, toAccount, type AccountRow } from './sessions.ts';

type BookingRow = Row & {
  readonly ord_id: string;
  readonly kind: string;
  readonly amount_minor: number;
  readonly currency: string;
  readonly created_ms: number;
};
type SupportRow = Row & {
  readonly number: string;
  readonly subject: string;
  readonly body: string;
  readonly line_id: string | null;
  readonly ord_id: string | null;
  readonly created_ms: number;
};

/** What is stored about the person, in one document. Hashes of passwords and tokens are no part of it: they are of use to a thief alone. */
export async function exportAccount(database: Database, account: AccountRow, tokenHash: string): Promise<AccountExport> {
  const now = Date.now();
  const [sessions, lines, orders, bookings, requests] = await Promise.all([
    listSessions(database, account.id, tokenHash, now),
    database.query<LineRow>('select * from line where account_id = $1 order by created_ms, id', [account.id]),
    listOrders(database, account.id, Number.MAX_SAFE_INTEGER),
    database.query<BookingRow>(
      'select ledger.* from ledger join ord on ord.id = ledger.ord_id where ord.account_id = $1 order by ledger.created_ms, ledger.id',
      [account.id],
    ),
    database.query<SupportRow>('select * from support_request where account_id = $1 order by created_ms, id', [account.id]),
  ]);
  return accountExport.parse({
    exportedAt: toInstant(now),
    account: toAccount(account),
    sessions,
    lines: lines.map((row) => ({
      lineId: row.id,
      msisdn: row.msisdn,
      iccid: row.iccid,
      nickname: row.nickname,
      addedAt: toInstant(row.created_ms),
      figures: lastFigures(row),
    })),
    orders,
    bookings: bookings.map((row) => ({
      orderId: row.ord_id,
      kind: row.kind,
      amount: { amountMinor: row.amount_minor, currency: row.currency },
      at: toInstant(row.created_ms),
    })),
    supportRequests: requests.map((row) => ({
      number: row.number,
      subject: row.subject,
      text: row.body,
      lineId: row.line_id,
      orderId: row.ord_id,
      createdAt: toInstant(row.created_ms),
    })),
  });
}
