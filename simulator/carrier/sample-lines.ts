import { lebAsia, lebEurope, lebGlobal, sampleHolder, type SampleProfile } from '#simulator/sample.ts';
import type { StoredLine } from './lines.ts';
import { findPlan } from './plans.ts';

const day = 86_400_000;
const hour = 3_600_000;
const gigabyte = 1_000_000_000;

/**
 * The lines at the carrier's first start, told from that moment: one in the middle of its month, one that ends in three days and has
 * little data left, one that nobody has claimed. Shares of the days are fixed, so the same start gives the same figures.
 */
export function sampleLines(startMs: number): readonly StoredLine[] {
  const start = Math.floor(startMs / 60_000) * 60_000;
  return [
    sampleLine(lebEurope, {
      holder: sampleHolder,
      planId: 'leb-europe-20',
      endsMs: start + 23 * day + 6 * hour,
      startMs: start,
      used: { bytes: 6.2 * gigabyte, minutes: 38, sms: 3 },
      // Eight days to today; today is not over.
      shares: [9, 14, 6, 17, 21, 4, 18, 11],
    }),
    sampleLine(lebGlobal, {
      holder: sampleHolder,
      planId: 'leb-global-5',
      endsMs: start + 3 * day + 2 * hour,
      startMs: start,
      used: { bytes: 4.62 * gigabyte, minutes: 11, sms: 0 },
      shares: [2, 5, 3, 1, 8, 4, 2, 3, 6, 1, 2, 7, 3, 2, 4, 5, 1, 3, 6, 2, 4, 3, 8, 2, 5, 3, 4, 1],
    }),
    sampleLine(lebAsia, {
      holder: null,
      planId: 'leb-asia-10',
      endsMs: start + 30 * day,
      startMs: start,
      used: { bytes: 0, minutes: 0, sms: 0 },
      shares: [],
    }),
  ];
}

type Circumstances = {
  readonly holder: string | null;
  readonly planId: string;
  readonly startMs: number;
  readonly endsMs: number;
  readonly used: { readonly bytes: number; readonly minutes: number; readonly sms: number };
  readonly shares: readonly number[];
};

function sampleLine(profile: SampleProfile, { holder, planId, startMs, endsMs, used, shares }: Circumstances): StoredLine {
  const plan = findPlan(planId);
  if (plan === null) throw new Error(`The sample line ${profile.iccid} has no plan`);
  return {
    iccid: profile.iccid,
    msisdn: profile.msisdn,
    holder,
    planId,
    suspended: false,
    validFromMs: endsMs - 31 * day,
    validUntilMs: endsMs,
    data: { total: plan.dataBytes, left: plan.dataBytes - used.bytes },
    voice: { total: plan.voiceMinutes, left: plan.voiceMinutes - used.minutes },
    sms: { total: plan.smsCount, left: plan.smsCount - used.sms },
    usagePerDay: spread(used.bytes, shares, startMs),
  };
}

/** The shares of the bytes on the days up to and with `lastMs`, in UTC; the last day takes what rounding left. */
function spread(bytes: number, shares: readonly number[], lastMs: number): StoredLine['usagePerDay'] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let rest = bytes;
  return shares.map((share, index) => {
    const last = index === shares.length - 1;
    const part = last ? rest : Math.floor((bytes * share) / whole);
    rest -= part;
    return { date: new Date(lastMs - (shares.length - 1 - index) * day).toISOString().slice(0, 10), bytes: part };
  });
}
