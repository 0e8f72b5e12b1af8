/** The lines of an account: who owns one is ours, everything else about it is the carrier's. */
import type { Allowance, Line, Plan } from '#contract/account/index.ts';
import { line as lineShape } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import type { Carrier, CarrierLine } from '../carrier/carrier.ts';
import { readPlans } from '../catalogue/prices.ts';
import { toInstant, toInstantOrNull } from '../clock.ts';
import type { Database, Queryable, Row } from '../database/database.ts';
import { newId } from '../ids.ts';

export type LineRow = Row & {
  readonly id: string;
  readonly account_id: string;
  readonly iccid: string;
  readonly msisdn: string;
  readonly nickname: string | null;
  /** The contract's line as the carrier's last answer made it, JSON; null: never answered. */
  readonly snapshot: string | null;
  /** Under which name the carrier has it. */
  readonly holder: string | null;
  readonly created_ms: number;
};

function toAllowance(total: number | null, left: number | null, unlimited: boolean): Allowance {
  return { total, left, unlimited };
}

/** A line in the contract's shape. Unlimited is what the plan does not limit; a null of the carrier alone means "not known". */
function toLine(row: LineRow, found: CarrierLine, plans: readonly Plan[]): Line {
  const known = plans.find((plan) => plan.planId === found.planId);
  // A plan that this provider never sold: the carrier's identifier is all that is known of it.
  const plan = known ?? { planId: found.planId, name: found.planId, dataBytes: null, voiceMinutes: null, smsCount: null };
  const unlimited = (monthly: number | null): boolean => known !== undefined && monthly === null;
  return {
    lineId: row.id,
    msisdn: found.msisdn,
    iccid: row.iccid,
    nickname: row.nickname,
    plan: {
      planId: plan.planId,
      name: plan.name,
      dataBytes: plan.dataBytes,
      voiceMinutes: plan.voiceMinutes,
      smsCount: plan.smsCount,
    },
    state: found.state,
    validFrom: toInstantOrNull(found.validFromMs),
    validUntil: toInstantOrNull(found.validUntilMs),
    data: toAllowance(found.data.totalBytes, found.data.leftBytes, unlimited(plan.dataBytes)),
    voice: toAllowance(found.voice.totalMinutes, found.voice.leftMinutes, unlimited(plan.voiceMinutes)),
    sms: toAllowance(found.sms.total, found.sms.left, unlimited(plan.smsCount)),
    usagePerDay: [...found.usagePerDay],
    asOf: toInstant(found.asOfMs),
  };
}

/** The last figures that were known, with the instant at which the carrier counted them. */
export function lastFigures(row: LineRow): Line | null {
  if (row.snapshot === null) return null;
  const parsed = lineShape.safeParse(JSON.parse(row.snapshot));
  return parsed.success ? { ...parsed.data, nickname: row.nickname } : null;
}

async function remember(database: Queryable, row: LineRow, line: Line): Promise<void> {
  const snapshot = JSON.stringify({ ...line, nickname: null });
  // The carrier counts once a minute: most readings bring nothing to write.
  if (snapshot !== row.snapshot)
    await database.query('update line set snapshot = $2, msisdn = $3 where id = $1', [row.id, snapshot, line.msisdn]);
}

async function readLine(database: Database, carrier: Carrier, row: LineRow, plans: readonly Plan[]): Promise<Line> {
  let found: CarrierLine | null;
  try {
    found = await carrier.line(row.iccid);
  } catch (error) {
    const last = lastFigures(row);
    if (last !== null) return last;
    throw error;
  }
  if (found === null) {
    const last = lastFigures(row);
    if (last === null) throw new LebError('CARRIER_UNAVAILABLE', { reason: 'the carrier does not know the line' });
    return { ...last, state: 'unknown' };
  }
  const line = toLine(row, found, plans);
  await remember(database, row, line);
  return line;
}

/** All lines of the account, each as fresh as the carrier gives it; the last known figures (see `asOf`) where it does not answer. */
export async function listLines(database: Database, carrier: Carrier, accountId: string): Promise<Line[]> {
  const rows = await database.query<LineRow>('select * from line where account_id = $1 order by created_ms, id', [accountId]);
  if (rows.length === 0) return [];
  const plans = await readPlans(database);
  return Promise.all(rows.map((row) => readLine(database, carrier, row, plans)));
}

/** Throws LINE_UNKNOWN for a line that is not this account's. */
export async function ownLine(database: Queryable, accountId: string, lineId: string): Promise<LineRow> {
  const [row] = await database.query<LineRow>('select * from line where id = $1 and account_id = $2', [lineId, accountId]);
  if (row === undefined) throw new LebError('LINE_UNKNOWN', { lineId });
  return row;
}

/** What the carrier says now; no old figures. Throws LINE_UNKNOWN, CARRIER_UNAVAILABLE. */
export async function askCarrier(carrier: Carrier, iccid: string): Promise<CarrierLine> {
  const found = await carrier.line(iccid);
  if (found === null) throw new LebError('LINE_UNKNOWN');
  return found;
}

async function addLine(database: Database, accountId: string, holder: string, line: CarrierLine, now: number): Promise<LineRow | null> {
  const [added] = await database.query<LineRow>(
    `insert into line (id, account_id, iccid, msisdn, holder, created_ms) values ($1, $2, $3, $4, $5, $6)
     on conflict (iccid) do update set msisdn = excluded.msisdn where line.account_id = excluded.account_id returning *`,
    [newId('lin'), accountId, line.iccid, line.msisdn, holder, now],
  );
  return added ?? null;
}

/** Takes a line into the account by the code printed with its card. Throws LINE_CLAIM_REFUSED, without telling what was wrong. */
export async function claimLine(
  database: Database,
  carrier: Carrier,
  holder: { readonly accountId: string; readonly login: string },
  request: { readonly iccid: string; readonly claimCode: string },
): Promise<Line> {
  // The account may have another address by now; the carrier has the line under the one that it was claimed with.
  const [own] = await database.query<LineRow>('select * from line where iccid = $1 and account_id = $2', [request.iccid, holder.accountId]);
  const name = own?.holder ?? holder.login;
  const found = await carrier.claim({ ...request, holder: name });
  if (found === null) throw new LebError('LINE_CLAIM_REFUSED');
  const row = await addLine(database, holder.accountId, name, found, Date.now());
  if (row === null) throw new LebError('LINE_CLAIM_REFUSED');
  return toLine(row, found, await readPlans(database));
}

export async function renameLine(
  database: Database,
  carrier: Carrier,
  accountId: string,
  request: { readonly lineId: string; readonly nickname: string | null },
): Promise<Line> {
  const nickname = request.nickname === '' ? null : request.nickname;
  const [row] = await database.query<LineRow>('update line set nickname = $3 where id = $1 and account_id = $2 returning *', [
    request.lineId,
    accountId,
    nickname,
  ]);
  if (row === undefined) throw new LebError('LINE_UNKNOWN', { lineId: request.lineId });
  return readLine(database, carrier, row, await readPlans(database));
}

/** Takes every line that the carrier lists for a holder into an account. Gives how many the account now has of them. */
export async function adoptLines(database: Database, carrier: Carrier, accountId: string, holder: string): Promise<number> {
  const found = await carrier.linesOf(holder);
  const rows = await Promise.all(found.map((line) => addLine(database, accountId, holder, line, Date.now())));
  return rows.filter((row) => row !== null).length;
}
