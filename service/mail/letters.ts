/** The letters the service writes, each as plain text and as HTML of the same words. */
import type { Language } from '#contract/common.ts';
import type { PaymentMethod, Quote } from '#contract/account/index.ts';
import { assertNever } from '../assert-never.ts';
import { escapeHtml, fill, formatDay, formatMoney, mailWords } from './words.ts';

type Body = { readonly subject: string; readonly text: string; readonly html: string };
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'small'; readonly text: string };

function partHtml(part: Part): string {
  switch (part.kind) {
    case 'text':
      return `<p style="margin:0 0 16px;white-space:pre-line">${escapeHtml(part.text)}</p>`;
    case 'small':
      return `<p style="margin:16px 0 0;color:#5b6472;font-size:13px">${escapeHtml(part.text)}</p>`;
    case 'link':
      return `<p style="margin:0 0 16px"><a href="${escapeHtml(part.url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#0f4c81;color:#ffffff;text-decoration:none">${escapeHtml(part.label)}</a></p>`;
    case 'table': {
      const rows = part.rows.map(
        ([name, value]) =>
          `<tr><th scope="row" style="text-align:left;font-weight:normal;color:#5b6472;padding:6px 24px 6px 0">${escapeHtml(name)}</th><td style="text-align:right;padding:6px 0">${escapeHtml(value)}</td></tr>`,
      );
      return `<table style="border-collapse:collapse;width:100%;margin:0 0 16px;border-top:1px solid #dfe3e8;border-bottom:1px solid #dfe3e8">${rows.join('')}</table>`;
    }
    default:
      return assertNever(part);
  }
}

function partText(part: Part, language: Language): string {
  switch (part.kind) {
    case 'text':
    case 'small':
      return part.text;
    case 'link':
      return part.url;
    case 'table':
      return part.rows.map(([name, value]) => fill(mailWords(language).pair, { name, value })).join('\n');
    default:
      return assertNever(part);
  }
}

function body(language: Language, subject: string, parts: readonly Part[]): Body {
  return {
    subject,
    text: `${parts.map((part) => partText(part, language)).join('\n\n')}\n`,
    html: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body style="margin:0;padding:24px;background:#f4f5f7"><div style="max-width:520px;margin:0 auto;padding:28px;background:#ffffff;border-radius:12px;font:16px/1.5 system-ui,'Noto Sans SC',sans-serif;color:#1c2430">${parts.map(partHtml).join('')}</div></body></html>`,
  };
}

export type RenewedFacts = {
  readonly number: string;
  readonly quote: Quote;
  readonly planName: string;
  readonly msisdn: string;
  readonly newEnd: string; // instant, as the carrier applied it
  readonly method: PaymentMethod | null;
  readonly supportEmail: string;
  readonly trial: boolean;
};

function methodText(method: PaymentMethod | null, language: Language): string {
  const words = mailWords(language).renewed;
  if (method?.kind === 'card' && method.brand !== null && method.last4 !== null) {
    return fill(words.card, { brand: method.brand.slice(0, 1).toUpperCase() + method.brand.slice(1), last4: method.last4 });
  }
  return method?.kind === 'paypal' ? words.paypal : words.otherMethod;
}

export function renewedLetter(facts: RenewedFacts, language: Language): Body {
  const words = mailWords(language);
  const newEnd = formatDay(facts.newEnd, language);
  return body(language, fill(words.renewed.subject, { newEnd, number: facts.number }), [
    { kind: 'text', text: words.greeting },
    { kind: 'text', text: fill(words.renewed.intro, { newEnd }) },
    {
      kind: 'table',
      rows: [
        [words.renewed.order, facts.number],
        [words.renewed.line, facts.msisdn],
        [words.renewed.plan, fill(words.renewed.planValue, { plan: facts.planName, period: words.period[facts.quote.period] })],
        [words.renewed.newEnd, newEnd],
        [words.renewed.method, methodText(facts.method, language)],
        [fill(words.renewed.tax, { percent: facts.quote.taxPercent }), formatMoney(facts.quote.taxIncluded, language)],
        [words.renewed.total, formatMoney(facts.quote.total, language)],
      ],
    },
    { kind: 'text', text: fill(words.help, { supportEmail: facts.supportEmail }) },
    { kind: 'text', text: words.regards },
    ...(facts.trial ? [{ kind: 'small', text: words.trial } as const] : []),
  ]);
}

export function renewedSms(facts: RenewedFacts, language: Language): string {
  return fill(mailWords(language).renewed.sms, {
    plan: facts.planName,
    newEnd: formatDay(facts.newEnd, language),
    number: facts.number,
  });
}

export function resetLetter(link: string, minutes: number, language: Language): Body {
  const words = mailWords(language);
  return body(language, words.reset.subject, [
    { kind: 'text', text: words.greeting },
    { kind: 'text', text: fill(words.reset.intro, { minutes }) },
    { kind: 'link', url: link, label: words.reset.button },
    { kind: 'text', text: words.reset.ignore },
    { kind: 'text', text: words.regards },
  ]);
}

/** After a mailed link every device is signed out; after a change, every one but that on which it was made. */
export function passwordChangedLetter(how: 'reset' | 'changed', supportEmail: string, language: Language): Body {
  const words = mailWords(language);
  return body(language, words.passwordChanged.subject, [
    { kind: 'text', text: words.greeting },
    { kind: 'text', text: how === 'reset' ? words.passwordChanged.intro : words.passwordChanged.introOthers },
    { kind: 'text', text: fill(words.passwordChanged.ignore, { supportEmail }) },
    { kind: 'text', text: words.regards },
  ]);
}

export function addressCodeLetter(code: string, minutes: number, language: Language): Body {
  const words = mailWords(language);
  return body(language, words.addressCode.subject, [
    { kind: 'text', text: words.greeting },
    { kind: 'text', text: fill(words.addressCode.intro, { minutes }) },
    { kind: 'table', rows: [[words.addressCode.code, code]] },
    { kind: 'text', text: words.addressCode.ignore },
    { kind: 'text', text: words.regards },
  ]);
}

/** To the holder of an account that has the address which somebody wants for another one. */
export function addressTakenLetter(supportEmail: string, language: Language): Body {
  const words = mailWords(language);
  return body(language, words.addressTaken.subject, [
    { kind: 'text', text: words.greeting },
    { kind: 'text', text: words.addressTaken.intro },
    { kind: 'text', text: fill(words.addressTaken.ignore, { supportEmail }) },
    { kind: 'text', text: words.regards },
  ]);
}

/** To the former address; the new one is `masked`. */
export function addressChangedLetter(kind: 'email' | 'phone', masked: string, supportEmail: string, language: Language): Body {
  const words = mailWords(language);
  return body(language, words.addressChanged.subject, [
    { kind: 'text', text: words.greeting },
    { kind: 'text', text: fill(words.addressChanged.intro[kind], { address: masked }) },
    { kind: 'text', text: fill(words.addressChanged.ignore, { supportEmail }) },
    { kind: 'text', text: words.regards },
  ]);
}

export function accountDeletedLetter(supportEmail: string, language: Language): Body {
  const words = mailWords(language);
  return body(language, words.accountDeleted.subject, [
    { kind: 'text', text: words.greeting },
    { kind: 'text', text: words.accountDeleted.intro },
    { kind: 'text', text: words.accountDeleted.kept },
    { kind: 'text', text: fill(words.accountDeleted.ignore, { supportEmail }) },
    { kind: 'text', text: words.regards },
  ]);
}

export type SupportFacts = {
  readonly number: string;
  readonly subject: 'plan' | 'payment' | 'device' | 'other';
  readonly text: string;
  readonly answerTo: string;
  readonly line: string | null;
  readonly order: string | null;
};

/** To the provider's own people. */
export function supportLetter(facts: SupportFacts, language: Language): Body {
  const words = mailWords(language).support;
  return body(language, fill(words.subject, { number: facts.number, topic: words.topic[facts.subject] }), [
    { kind: 'text', text: words.intro },
    {
      kind: 'table',
      rows: [
        [words.answerTo, facts.answerTo],
        ...(facts.line === null ? [] : [[words.line, facts.line] as const]),
        ...(facts.order === null ? [] : [[words.order, facts.order] as const]),
      ],
    },
    { kind: 'text', text: facts.text },
  ]);
}
