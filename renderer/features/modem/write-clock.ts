import type { Language } from '#contract/common.ts';
import type { ModemDetails } from '#contract/desk/modem.ts';
import { createFormat } from '#renderer/i18n/format.ts';

/** What the modem's clock shows where the modem is, and how far that is from UTC where it says so: "24 Nov, 16:35, UTC+1". */
export function writeClock({ at, offsetMinutes }: NonNullable<ModemDetails['clock']>, language: Language, comma: string): string {
  const shown = createFormat(language, 'UTC').moment(new Date(Date.parse(at) + (offsetMinutes ?? 0) * 60_000));
  return offsetMinutes === null ? shown : `${shown}${comma}${writeOffset(offsetMinutes)}`;
}

function writeOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  if (minutes === 0) return 'UTC';
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
