import { createHash } from 'node:crypto';

/**
 * The well-known test cards, https://docs.stripe.com/testing. What they do is fixed by their number alone;
 * every other number is refused as Stripe's test mode refuses real cards.
 */
export type CardBrand = 'visa' | 'mastercard' | 'amex' | 'unionpay';
export type CardFunding = 'credit' | 'debit' | 'prepaid';

/** Why an issuer says no: the error code, the finer decline code, and the sentence that Stripe puts beside them. */
export type CardDecline = { readonly code: string; readonly declineCode: string; readonly message: string };

export type TestCard = {
  readonly number: string;
  readonly brand: CardBrand;
  readonly funding: CardFunding;
  readonly country: string; // ISO 3166 alpha-2
  readonly threeDSecure: boolean;
  /** null: the issuer approves (after 3-D Secure where that is asked for). */
  readonly decline: CardDecline | null;
};

const declines = {
  generic: { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' },
  funds: { code: 'card_declined', declineCode: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  lost: { code: 'card_declined', declineCode: 'lost_card', message: 'Your card was declined.' },
  stolen: { code: 'card_declined', declineCode: 'stolen_card', message: 'Your card was declined.' },
  expired: { code: 'expired_card', declineCode: 'expired_card', message: 'Your card has expired.' },
  cvc: { code: 'incorrect_cvc', declineCode: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  processing: {
    code: 'processing_error',
    declineCode: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
  notATestCard: {
    code: 'card_declined',
    declineCode: 'test_mode_live_card',
    message: 'Your card was declined. Your request was in test mode, but used a non test (live) card.',
  },
} as const satisfies Record<string, CardDecline>;

function card(number: string, rest: Partial<Omit<TestCard, 'number'>> = {}): TestCard {
  return { number, brand: 'visa', funding: 'credit', country: 'US', threeDSecure: false, decline: null, ...rest };
}

export const testCards: readonly TestCard[] = [
  card('4242424242424242'),
  card('4000056655665556', { funding: 'debit' }),
  card('5555555555554444', { brand: 'mastercard' }),
  card('5200828282828210', { brand: 'mastercard', funding: 'debit' }),
  card('5105105105105100', { brand: 'mastercard', funding: 'prepaid' }),
  card('378282246310005', { brand: 'amex' }),
  card('6200000000000005', { brand: 'unionpay', country: 'CN' }),
  card('4000000000000002', { decline: declines.generic }),
  card('4000000000009995', { decline: declines.funds }),
  card('4000000000009987', { decline: declines.lost }),
  card('4000000000009979', { decline: declines.stolen }),
  card('4000000000000069', { decline: declines.expired }),
  card('4000000000000127', { decline: declines.cvc }),
  card('4000000000000119', { decline: declines.processing }),
  card('4000002500003155', { country: 'FR', threeDSecure: true }),
  card('4000002760003184', { country: 'DE', threeDSecure: true }),
  card('4000008260003178', { country: 'GB', threeDSecure: true, decline: declines.funds }),
  card('4000008400001629', { threeDSecure: true, decline: declines.generic }),
];

const cardsByNumber = new Map(testCards.map((entry) => [entry.number, entry]));

/** The card behind a number that passed {@link readCardForm}; unknown ones are declined as live cards in test mode. */
export function findCard(number: string): TestCard {
  return cardsByNumber.get(number) ?? card(number, { brand: brandOf(number), decline: declines.notATestCard });
}

/** The same card has the same fingerprint, and the number cannot be read out of it. */
export function cardFingerprint(number: string): string {
  return createHash('sha256').update(`bench:${number}`).digest('hex').slice(0, 16);
}

/** The test card that was typed in earlier: of a card, only its fingerprint is kept. */
export function findCardByFingerprint(fingerprint: string): TestCard | null {
  return testCards.find((entry) => cardFingerprint(entry.number) === fingerprint) ?? null;
}

function brandOf(number: string): CardBrand {
  if (/^3[47]/.test(number)) return 'amex';
  if (/^(?:5[1-5]|2[2-7])/.test(number)) return 'mastercard';
  if (number.startsWith('62')) return 'unionpay';
  return 'visa';
}

/** Complaints of the form itself, before any issuer is asked. Keys of the page's words. */
export type CardFieldProblem =
  | 'numberIncomplete'
  | 'numberInvalid'
  | 'expiryIncomplete'
  | 'expiryInvalid'
  | 'expiryPast'
  | 'cvcIncomplete'
  | 'nameMissing';

export type CardForm = { readonly card: TestCard; readonly expiryMonth: number; readonly expiryYear: number; readonly name: string };
export type CardFields = { readonly number: string; readonly expiry: string; readonly cvc: string; readonly name: string };
export type CardFieldProblems = Partial<Readonly<Record<keyof CardFields, CardFieldProblem>>>;

/** Checks what was typed: length and Luhn digit of the number, `MM/YY` not in the past, CVC of three digits (four for American Express). */
export function readCardForm(fields: CardFields, now: Date): { readonly form: CardForm } | { readonly problems: CardFieldProblems } {
  const number = fields.number.replace(/[\s-]/g, '');
  const expiry = /^\s*(\d{1,2})\s*\/?\s*(?:20)?(\d{2})\s*$/.exec(fields.expiry);
  const expiryMonth = Number(expiry?.[1] ?? 0);
  const expiryYear = 2000 + Number(expiry?.[2] ?? 0);
  const cvcDigits = brandOf(number) === 'amex' ? 4 : 3;
  const name = fields.name.trim();

  const problems: CardFieldProblems = {
    ...(!/^\d{14,19}$/.test(number) ? { number: /^\d*$/.test(number) ? 'numberIncomplete' : 'numberInvalid' } : {}),
    ...(/^\d{14,19}$/.test(number) && !passesLuhn(number) ? { number: 'numberInvalid' } : {}),
    ...(expiry === null ? { expiry: 'expiryIncomplete' } : expiryMonth < 1 || expiryMonth > 12 ? { expiry: 'expiryInvalid' } : {}),
    // A card is good to the end of its month.
    ...(expiry !== null && expiryMonth >= 1 && expiryMonth <= 12 && Date.UTC(expiryYear, expiryMonth, 1) <= now.getTime()
      ? { expiry: 'expiryPast' }
      : {}),
    ...(!new RegExp(`^\\d{${cvcDigits}}$`).test(fields.cvc.trim()) ? { cvc: 'cvcIncomplete' } : {}),
    ...(name === '' ? { name: 'nameMissing' } : {}),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return { form: { card: findCard(number), expiryMonth, expiryYear, name } };
}

/** ISO/IEC 7812-1 Annex B: doubling every second digit from the right, the sum is a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of digits.split('').reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
