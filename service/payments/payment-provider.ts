/** What the service needs of a payment provider, in our words. The only implementation is Stripe's (`stripe-provider.ts`). */
import type { Language } from '#contract/common.ts';
import type { PaymentMethod } from '#contract/account/index.ts';
import type { PaymentError } from './failure-reason.ts';

export type PageRequest = {
  readonly orderId: string;
  readonly attempt: number;
  readonly amountMinor: number;
  readonly currency: string; // ISO 4217, upper case
  readonly title: string;
  readonly description: string;
  readonly email: string | null;
  readonly language: Language;
  readonly expiresMs: number;
  readonly successUrl: string;
  readonly cancelUrl: string;
};

/** A hosted page as the provider reports it now. */
export type PageStatus = {
  readonly sessionId: string;
  readonly url: string | null; // only while it can be paid
  readonly expiresMs: number;
  /** The order and attempt that the page was made for, as the provider keeps them. */
  readonly orderId: string | null;
  readonly attempt: number | null;
  readonly state: 'open' | 'paid' | 'processing' | 'expired';
  readonly amountMinor: number | null;
  readonly currency: string | null;
  readonly live: boolean;
  readonly paymentIntent: string | null;
  readonly method: PaymentMethod | null;
  /** The last attempt on this page that did not go through. `reference` differs from attempt to attempt. */
  readonly failure: { readonly error: PaymentError; readonly reference: string; readonly atMs: number | null } | null;
};

/** Which order an event speaks of; what it says about the order is not believed but read again. */
export type ProviderEvent = {
  readonly id: string;
  readonly type: string;
  readonly live: boolean;
  readonly orderId: string | null;
  readonly sessionId: string | null;
};

/** Every call throws PAYMENT_PROVIDER when the provider does not answer in time or refuses. */
export type PaymentProvider = {
  /** The same order and attempt give the same page. */
  createPage(request: PageRequest): Promise<PageStatus>;
  readPage(sessionId: string): Promise<PageStatus>;
  /** Closes a page; gives its state afterwards, which is `paid` or `processing` if it was too late. */
  expirePage(sessionId: string): Promise<PageStatus>;
  /** Gives the whole payment back, once, however often it is called for the same session. Gives the refund's identifier. */
  refund(request: { readonly paymentIntent: string; readonly sessionId: string; readonly orderId: string }): Promise<string>;
  /** null: the signature is not the provider's, or too old. */
  readEvent(body: Buffer, signature: string): ProviderEvent | null;
  readonly live: boolean;
};
