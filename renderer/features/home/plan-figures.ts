import type { Allowance, Line } from '#contract/account/index.ts';
import type { Tone } from '#renderer/ui/figures.tsx';
import { calendarDays } from './forecast.ts';

/** Warning when 80 % are used, danger when 95 % are; the same thresholds that the reminders use. */
export function toneOfShare(shareLeft: number | null): Tone {
  if (shareLeft === null) return 'normal';
  if (shareLeft <= 0.05) return 'danger';
  return shareLeft <= 0.2 ? 'warning' : 'normal';
}

/** 0…1 of an allowance that is left; 1 where it is unlimited, null where it is not known. */
export function shareLeft(allowance: Allowance): number | null {
  if (allowance.unlimited) return 1;
  if (allowance.left === null || allowance.total === null || allowance.total <= 0) return null;
  return Math.max(0, Math.min(1, allowance.left / allowance.total));
}

export type TimeLeft = {
  /** Whole days by the calendar; 0 on the last day, negative once it has ended. */
  readonly days: number;
  readonly total: number | null;
  readonly share: number | null;
  readonly tone: Tone;
  readonly ended: boolean;
};

/** How long the plan still runs, or null where its end is not known. */
export function timeLeft(line: Line, now: Date): TimeLeft | null {
  if (line.validUntil === null) return null;
  const end = new Date(line.validUntil);
  const ended = line.state === 'expired' || end.getTime() <= now.getTime();
  const days = calendarDays(now, end);
  const total = line.validFrom === null ? null : Math.max(1, calendarDays(new Date(line.validFrom), end));
  const share = total === null ? null : Math.max(0, Math.min(1, days / total));
  const tone: Tone = ended || days <= 1 ? 'danger' : days <= 7 ? 'warning' : 'normal';
  return { days, total, share, tone, ended };
}
