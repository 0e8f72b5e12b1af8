import type { Language, Money } from '#contract/common.ts';

export type Format = {
  readonly language: Language;
  /** 6 Jun · 6月6日 */
  day(instant: string | Date): string;
  /** 6 June 2026 · 2026年6月6日 */
  date(instant: string | Date): string;
  /** 6 Jun 2026 · 2026年6月6日; for tables */
  dateShort(instant: string | Date): string;
  /** Thursday 14 May · 5月14日星期四 */
  weekday(instant: string | Date): string;
  /** 10:32 */
  time(instant: string | Date): string;
  /** 10:32:06 */
  timeExact(instant: string | Date): string;
  /** 14 May, 10:40 · 5月14日 10:40 */
  moment(instant: string | Date): string;
  /** The month of an instant: July · 7月 */
  month(instant: string | Date): string;
  /** €35.91; minor units of the currency, with the minus sign U+2212 where negative */
  money(money: Money): string;
  /** 1,234 */
  integer(value: number): string;
  /** Decimal units, as carriers count: 13.8 GB, 512 MB; a figure and its unit */
  bytes(value: number): { readonly figure: string; readonly unit: string };
  /** The same in one string. */
  size(value: number): string;
  /** Several things of which one is meant: "3 months or 1 year" */
  either(things: readonly string[]): string;
  /** Memory of a chip in KB of 1024 bytes, as card makers count: 291 KB */
  memory(bytes: number): string;
  /** −87, with U+2212 */
  signed(value: number): string;
};

/** Between a figure and its unit. */
const noBreak = '\u00A0';
const minus = (text: string): string => text.replace(/^-/u, '−');
const asDate = (instant: string | Date): Date => (typeof instant === 'string' ? new Date(instant) : instant);
const dataUnits = [
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1e3],
] as const;

/**
 * Dates, money and numbers of one language, all by `Intl`.
 * @param timeZone IANA name; the computer's own where it is left out
 */
export function createFormat(language: Language, timeZone?: string): Format {
  const locale = language === 'en' ? 'en-GB' : 'zh-CN';
  const zone = timeZone === undefined ? {} : { timeZone };
  const dates = (options: Intl.DateTimeFormatOptions): ((instant: string | Date) => string) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, ...zone });
    return (instant) => formatter.format(asDate(instant));
  };
  const english = language === 'en';
  const monthForm = english ? 'short' : 'long';
  const day = dates({ day: 'numeric', month: monthForm });
  const time = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const oneDigit = new Intl.NumberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: 1 });

  const choices = new Intl.ListFormat(locale, { type: 'disjunction' });

  const bytes = (value: number): { readonly figure: string; readonly unit: string } => {
    const [unit, size] = dataUnits.find(([, size]) => value >= size) ?? (value > 0 ? ['KB', 1e3] : ['MB', 1e6]);
    const amount = value / size;
    return { figure: (amount < 100 && size >= 1e9 ? oneDigit : integers).format(amount), unit };
  };
  return {
    language,
    day,
    date: dates({ day: 'numeric', month: 'long', year: 'numeric' }),
    dateShort: dates({ day: 'numeric', month: monthForm, year: 'numeric' }),
    weekday: dates({ weekday: 'long', day: 'numeric', month: 'long' }),
    time,
    timeExact: dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    moment: (instant) => `${day(instant)}${english ? ', ' : ' '}${time(instant)}`,
    month: dates({ month: english ? 'long' : 'short' }),
    money: ({ amountMinor, currency }) => {
      const formatter = new Intl.NumberFormat(locale, { style: 'currency', currency });
      return minus(formatter.format(amountMinor / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2)));
    },
    integer: (value) => minus(integers.format(value)),
    bytes,
    size: (value) => {
      const { figure, unit } = bytes(value);
      return `${figure}${noBreak}${unit}`;
    },
    // Between Han and digits stands a space, which the list does not set.
    either: (things) => choices.format(things).replaceAll(/(?<=\p{Script=Han})(?=\d)/gu, ' '),
    memory: (value) => `${integers.format(Math.floor(value / 1024))}${noBreak}KB`,
    signed: (value) => minus(integers.format(value)),
  };
}
