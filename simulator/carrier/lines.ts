import { findPlan } from './plans.ts';

export type Allowance = { readonly total: number; readonly left: number };

/** A line as the carrier keeps it. Times are milliseconds since 1970. */
export type StoredLine = {
  readonly iccid: string;
  readonly msisdn: string;
  readonly holder: string | null;
  readonly planId: string;
  readonly suspended: boolean;
  readonly validFromMs: number;
  readonly validUntilMs: number;
  readonly data: Allowance; // bytes
  readonly voice: Allowance; // minutes
  readonly sms: Allowance; // messages
  readonly usagePerDay: readonly { readonly date: string; readonly bytes: number }[];
};

/** A line as the API shows it; `asOf` is the minute of the asking. */
export function presentLine(line: StoredLine, nowMs: number): object {
  return {
    iccid: line.iccid,
    msisdn: line.msisdn,
    holder: line.holder,
    planId: line.planId,
    state: line.suspended ? 'suspended' : line.validUntilMs <= nowMs ? 'expired' : 'active',
    validFrom: new Date(line.validFromMs).toISOString(),
    validUntil: new Date(line.validUntilMs).toISOString(),
    data: { totalBytes: line.data.total, leftBytes: line.data.left },
    voice: { totalMinutes: line.voice.total, leftMinutes: line.voice.left },
    sms: { total: line.sms.total, left: line.sms.left },
    usagePerDay: line.usagePerDay,
    asOf: new Date(Math.floor(nowMs / 60_000) * 60_000).toISOString(),
  };
}

/**
 * Adds calendar months in UTC. A day that the month does not have becomes its last one: 31 January plus one month is 28 or 29 February.
 */
export function addMonths(fromMs: number, months: number): number {
  const from = new Date(fromMs);
  const target = new Date(fromMs);
  target.setUTCDate(1);
  target.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return target.getTime();
}

/** Where a renewal ends: it follows the present end, or starts now when the line has ended. */
export function renewedUntil(validUntilMs: number, months: number, nowMs: number): number {
  return addMonths(Math.max(validUntilMs, nowMs), months);
}

/** The line after a renewal: later end, months times the plan's allowances on top. What was left of an ended term is gone. */
export function renewLine(line: StoredLine, planId: string, months: number, nowMs: number): StoredLine {
  const plan = findPlan(planId);
  if (plan === null) throw new Error(`Renewal with an unknown plan: ${planId}`);
  const ended = line.validUntilMs <= nowMs;
  const add = (present: Allowance, perMonth: number): Allowance => {
    const before = ended ? { total: 0, left: 0 } : present;
    return { total: before.total + perMonth * months, left: before.left + perMonth * months };
  };
  return {
    ...line,
    planId,
    validFromMs: ended ? nowMs : line.validFromMs,
    validUntilMs: renewedUntil(line.validUntilMs, months, nowMs),
    data: add(line.data, plan.dataBytes),
    voice: add(line.voice, plan.voiceMinutes),
    sms: add(line.sms, plan.smsCount),
    usagePerDay: ended ? [] : line.usagePerDay,
  };
}
