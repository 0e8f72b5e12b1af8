import type { Stripe } from 'stripe';
import { type Markup, html, htmlPage } from '#simulator/bench/html.ts';
import type { CardFieldProblems, CardFields } from '../cards.ts';
import { paypalPayer } from '../payment-objects.ts';
import type { SessionBackground, WireLineItem } from '../store.ts';
import { formatAmount, type PageLanguage, type PageWords, pageWords } from './words.ts';

export type CheckoutView = {
  readonly language: PageLanguage;
  readonly merchantName: string;
  readonly session: Stripe.Checkout.Session;
  readonly background: Pick<SessionBackground, 'lineItems' | 'descriptions'>;
  readonly failure: Stripe.PaymentIntent.LastPaymentError | null;
  /** What was typed and what is wrong with it, after a form that did not pass. */
  readonly typed: Omit<CardFields, 'cvc'> | null;
  readonly problems: CardFieldProblems;
};

export const stylesheetPath = '/assets/checkout.css';

function frame(language: PageLanguage, title: string, body: Markup): string {
  const words = pageWords[language];
  return htmlPage({
    language,
    title,
    stylesheet: stylesheetPath,
    body: html`<aside class="test"><strong>${words.testMode}</strong><span>${words.testExplained}</span></aside>
      ${body}`,
  });
}

function amountOf(session: Stripe.Checkout.Session, language: PageLanguage): string {
  return formatAmount(session.amount_total ?? 0, session.currency ?? 'usd', language);
}

/** The page on which a person pays. */
export function checkoutPage(view: CheckoutView): string {
  const { language, session, merchantName } = view;
  const words = pageWords[language];
  const amount = amountOf(session, language);
  const withPaypal = session.payment_method_types.includes('paypal');
  const withCard = session.payment_method_types.includes('card');
  return frame(
    language,
    `${words.payTo(merchantName)} · ${amount}`,
    html`<main class="checkout">
      <section class="summary">
        <div>
          ${session.cancel_url === null ? null : html`<a class="back" href="${session.cancel_url}"><span aria-hidden="true">←</span>${words.back}</a>`}
          <h1 class="merchant">${words.payTo(merchantName)}</h1>
          <p class="amount">${amount}</p>
          <dl class="items">
            ${view.background.lineItems.map((item, index) => lineItem(item, view.background.descriptions[index] ?? null, language, words))}
            <div class="total">
              <dt>${words.total}</dt>
              <dd>${amount}</dd>
            </div>
          </dl>
        </div>
      </section>
      <section class="payment">
        <div>
          ${view.failure === null ? null : html`<div class="notice" role="alert"><strong>${failureSentence(view.failure, words)}</strong>${words.tryAgain}</div>`}
          ${session.customer_details?.email ? html`<p class="who"><span>${words.email}</span>${session.customer_details.email}</p>` : null}
          ${withPaypal ? html`<form method="post" action="/c/pay/${session.id}/paypal"><button class="paypal" aria-label="${words.payWithPaypal}">${paypalLabel(words)}</button></form>` : null}
          ${
            withCard
              ? html`<h2 class="or">${withPaypal ? words.orCard : words.onlyCard}</h2>
                  ${cardForm(view, words, amount)}`
              : null
          }
        </div>
      </section>
    </main>`,
  );
}

function paypalLabel(words: PageWords): Markup {
  const [before, after] = words.payWithPaypal.split('PayPal');
  return html`${before ?? ''}<i>PayPal</i>${after ?? ''}`;
}

function lineItem(item: WireLineItem, description: string | null, language: PageLanguage, words: PageWords): Markup {
  return html`<div>
    <dt>
      ${item.description ?? ''}${description === null ? null : html`<small>${description}</small>`}${item.quantity === 1 ? null : html`<small>${words.quantity(item.quantity ?? 1)}</small>`}
    </dt>
    <dd>${formatAmount(item.amount_total, item.currency, language)}</dd>
  </div> `;
}

function cardForm(view: CheckoutView, words: PageWords, amount: string): Markup {
  const { problems, typed, session } = view;
  return html`<form method="post" action="/c/pay/${session.id}/card" novalidate aria-label="${words.creditOrDebit}">
      ${field({ name: 'number', label: words.cardNumber, hint: '1234 1234 1234 1234', autocomplete: 'cc-number', value: typed?.number ?? '', problem: problemOf('number') })}
      <div class="row">
        ${field({ name: 'expiry', label: words.expiration, hint: words.expirationHint, autocomplete: 'cc-exp', value: typed?.expiry ?? '', problem: problemOf('expiry') })}
        ${field({ name: 'cvc', label: words.cvc, hint: words.cvcHint, autocomplete: 'cc-csc', value: '', problem: problemOf('cvc') })}
      </div>
      ${field({ name: 'name', label: words.nameOnCard, hint: '', autocomplete: 'cc-name', value: typed?.name ?? '', problem: problemOf('name') })}
      <button>${words.pay(amount)}</button>
      <p class="safe"><span aria-hidden="true">${lock}</span>${words.creditOrDebit} · Visa · Mastercard · Amex · UnionPay</p>
    </form>
    ${testCardTable(words)}`;

  function problemOf(name: keyof CardFields): string | null {
    const problem = problems[name];
    return problem === undefined ? null : words.problems[problem];
  }
}

const lock = html`<svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5">
  <rect x="3" y="7" width="10" height="7" rx="1.5" />
  <path d="M5 7V5a3 3 0 0 1 6 0v2" />
</svg>`;

type Field = {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly autocomplete: string;
  readonly value: string;
  readonly problem: string | null;
};

function field({ name, label, hint, autocomplete, value, problem }: Field): Markup {
  const numeric = name === 'name' ? 'text' : 'numeric';
  return html`<div class="field">
    <label for="${name}"><span>${label}</span></label
    ><input
      id="${name}"
      name="${name}"
      value="${value}"
      placeholder="${hint}"
      autocomplete="${autocomplete}"
      inputmode="${numeric}"
      maxlength="${name === 'name' ? 120 : 32}"
      ${problem === null ? null : html` aria-invalid="true" aria-describedby="${name}-problem"`}
    />${problem === null ? null : html`<em id="${name}-problem">${problem}</em>`}
  </div>`;
}

function testCardTable(words: PageWords): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ['4242 4242 4242 4242', words.cardDoes.credit],
    ['4000 0566 5566 5556', words.cardDoes.debit],
    ['4000 0027 6000 3184', words.cardDoes.challenge],
    ['4000 0000 0000 0002', words.cardDoes.declined],
    ['4000 0000 0000 9995', words.cardDoes.funds],
    ['4000 0000 0000 0069', words.cardDoes.expired],
    ['4000 0000 0000 0127', words.cardDoes.cvc],
  ];
  return html`<details>
    <summary>${words.testCards}</summary>
    <p>${words.anyFuture}</p>
    <table aria-label="${words.testCardNumbers}">
      <tbody>
        ${rows.map(
          ([number, does]) =>
            html`<tr>
              <td>${number}</td>
              <td>${does}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

function failureSentence(failure: Stripe.PaymentIntent.LastPaymentError, words: PageWords): string {
  return words.failures[failure.decline_code ?? ''] ?? words.failures[failure.code ?? ''] ?? words.failureOther;
}

/** The bank's page of the 3-D Secure test cards. */
export function challengePage(view: CheckoutView, last4: string): string {
  const words = pageWords[view.language];
  const action = `/c/pay/${view.session.id}/challenge`;
  return frame(
    view.language,
    words.challengeTitle,
    html`<main class="sheet">
      <h1>${words.challengeTitle}</h1>
      <p>${words.challengeText(view.merchantName, amountOf(view.session, view.language), last4)}</p>
      <form method="post" action="${action}"><input type="hidden" name="result" value="complete" /><button>${words.complete}</button></form>
      <form method="post" action="${action}">
        <input type="hidden" name="result" value="fail" /><button class="plain">${words.fail}</button>
      </form>
    </main>`,
  );
}

/** The stand-in's PayPal. */
export function paypalPage(view: CheckoutView): string {
  const words = pageWords[view.language];
  const action = `/paypal/approve/${view.session.id}`;
  const amount = amountOf(view.session, view.language);
  return frame(
    view.language,
    `PayPal · ${words.paypalTitle}`,
    html`<main class="sheet">
      <span class="brand">PayPal</span>
      <h1>${words.paypalTitle}</h1>
      <p>${words.paypalSignedIn(paypalPayer.email)}</p>
      <p class="amount">${words.paypalText(view.merchantName, amount)}</p>
      <form method="post" action="${action}"><input type="hidden" name="answer" value="agree" /><button>${words.agreeAndPay}</button></form>
      <form method="post" action="${action}">
        <input type="hidden" name="answer" value="cancel" /><button class="plain">${words.cancel}</button>
      </form>
      <form method="post" action="${action}">
        <input type="hidden" name="answer" value="refuse" /><button class="plain">${words.paypalRefuse}</button>
      </form>
    </main>`,
  );
}

/** What a session shows that can no longer be paid. */
export function closedPage(view: CheckoutView): string {
  const words = pageWords[view.language];
  const paid = view.session.status === 'complete';
  const onward = paid ? view.session.success_url : view.session.cancel_url;
  return frame(
    view.language,
    paid ? words.paidTitle : words.expiredTitle,
    html`<main class="sheet">
      <span class="mark ${paid ? 'good' : 'bad'}" aria-hidden="true">${paid ? '✓' : '×'}</span>
      <h1>${paid ? words.paidTitle : words.expiredTitle}</h1>
      <p>${paid ? words.paidText(amountOf(view.session, view.language)) : words.expiredText}</p>
      ${onward === null ? null : html`<a class="button" href="${onward.replaceAll('{CHECKOUT_SESSION_ID}', view.session.id)}">${paid ? words.returnToShop : words.goBack}</a>`}
    </main>`,
  );
}

export function unknownPage(language: PageLanguage): string {
  const words = pageWords[language];
  return frame(
    language,
    words.unknownTitle,
    html`<main class="sheet">
      <span class="mark bad" aria-hidden="true">×</span>
      <h1>${words.unknownTitle}</h1>
      <p>${words.unknownText}</p>
    </main>`,
  );
}
