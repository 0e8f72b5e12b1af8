import type { Language, Money } from '#contract/common.ts';
import type { Quote } from '#contract/account/index.ts';
import english from '#resources/locales/en/mail.json' with { type: 'json' };
import chinese from '#resources/locales/zh-CN/mail.json' with { type: 'json' };
import { readPlans } from '../catalogue/prices.ts';
import type { Queryable } from '../database/database.ts';

export type MailWords = typeof english;

export function mailWords(language: Language): MailWords {
  return language === 'zh-CN' ? chinese : english;
}

/** Puts values into the `{{places}}` of a sentence. A place without a value is a mistake of ours, and throws. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {{${name}}} in "${sentence}"`);
    return String(value);
  });
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** English without a country would write days the American way round. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

export function formatMoney(money: Money, language: Language): string {
  const format = new Intl.NumberFormat(locales[language], { style: 'currency', currency: money.currency });
  return format.format(money.amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A day in UTC, the calendar that plans are counted in. */
export function formatDay(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(instant));
}

export async function planName(database: Queryable, planId: string): Promise<string> {
  return (await readPlans(database)).find((plan) => plan.planId === planId)?.name ?? planId;
}

/** What stands on the provider's page above the amount. */
export function pageDescription(
  plan: string,
  quote: Quote,
  number: string,
  language: Language,
): { readonly title: string; readonly description: string } {
  const words = mailWords(language);
  return {
    title: fill(words.page.title, { plan, period: words.period[quote.period] }),
    description: fill(words.page.description, { number, newEnd: formatDay(quote.newEnd, language) }),
  };
}
