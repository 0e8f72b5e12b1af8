import type { CardFieldProblem } from '../cards.ts';

export type PageLanguage = 'en' | 'zh-CN';

/** The words of the hosted page. They belong to the stand-in of another company's page, not to the application. */
export type PageWords = {
  readonly title: string;
  readonly testMode: string;
  readonly testExplained: string;
  readonly back: string;
  readonly goBack: string;
  readonly payTo: (merchant: string) => string;
  readonly quantity: (count: number) => string;
  readonly total: string;
  readonly email: string;
  readonly payWithPaypal: string;
  readonly orCard: string;
  readonly onlyCard: string;
  readonly cardNumber: string;
  readonly expiration: string;
  readonly expirationHint: string;
  readonly cvc: string;
  readonly cvcHint: string;
  readonly nameOnCard: string;
  readonly pay: (amount: string) => string;
  readonly creditOrDebit: string;
  readonly testCards: string;
  readonly testCardNumbers: string;
  readonly anyFuture: string;
  readonly cardDoes: Readonly<Record<'credit' | 'debit' | 'challenge' | 'declined' | 'funds' | 'expired' | 'cvc', string>>;
  readonly problems: Readonly<Record<CardFieldProblem, string>>;
  /** By decline code or error code of the payment. */
  readonly failures: Readonly<Record<string, string>>;
  readonly failureOther: string;
  readonly tryAgain: string;
  readonly expiredTitle: string;
  readonly expiredText: string;
  readonly paidTitle: string;
  readonly paidText: (amount: string) => string;
  readonly returnToShop: string;
  readonly unknownTitle: string;
  readonly unknownText: string;
  readonly challengeTitle: string;
  readonly challengeText: (merchant: string, amount: string, last4: string) => string;
  readonly complete: string;
  readonly fail: string;
  readonly paypalTitle: string;
  readonly paypalSignedIn: (email: string) => string;
  readonly paypalText: (merchant: string, amount: string) => string;
  readonly agreeAndPay: string;
  readonly cancel: string;
  readonly paypalRefuse: string;
};

const english: PageWords = {
  title: 'Payment',
  testMode: 'Test mode',
  testExplained: 'This page stands in for the payment provider. No card is charged and no money moves.',
  back: 'Cancel and go back',
  goBack: 'Go back',
  payTo: (merchant) => `Pay ${merchant}`,
  quantity: (count) => `Quantity ${count}`,
  total: 'Total due',
  email: 'E-mail',
  payWithPaypal: 'Pay with PayPal',
  orCard: 'Or pay with a card',
  onlyCard: 'Pay with a card',
  cardNumber: 'Card number',
  expiration: 'Expiration',
  expirationHint: 'MM / YY',
  cvc: 'CVC',
  cvcHint: '3 digits',
  nameOnCard: 'Name on card',
  pay: (amount) => `Pay ${amount}`,
  creditOrDebit: 'Credit or debit card',
  testCards: 'Test cards',
  testCardNumbers: 'Numbers to try',
  anyFuture: 'Any future month, any three digits and any name will do.',
  cardDoes: {
    credit: 'Visa credit, is paid',
    debit: 'Visa debit, is paid',
    challenge: 'asks for confirmation by the bank (3-D Secure)',
    declined: 'is declined',
    funds: 'has insufficient funds',
    expired: 'has expired',
    cvc: 'has another security code',
  },
  problems: {
    numberIncomplete: 'Your card number is incomplete.',
    numberInvalid: 'Your card number is invalid.',
    expiryIncomplete: "Your card's expiration date is incomplete.",
    expiryInvalid: "Your card's expiration date is invalid.",
    expiryPast: "Your card's expiration date is in the past.",
    cvcIncomplete: "Your card's security code is incomplete.",
    nameMissing: 'Enter the name on the card.',
  },
  failures: {
    generic_decline: 'Your card was declined.',
    insufficient_funds: 'Your card has insufficient funds.',
    lost_card: 'Your card was declined.',
    stolen_card: 'Your card was declined.',
    expired_card: 'Your card has expired.',
    incorrect_cvc: "Your card's security code is incorrect.",
    processing_error: 'An error occurred while processing your card. Try again in a little bit.',
    test_mode_live_card: 'Your card was declined. Only test cards work here.',
    payment_intent_authentication_failure:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    payment_method_customer_decline: 'You did not approve the payment in PayPal.',
    payment_method_provider_decline: 'PayPal declined the payment.',
  },
  failureOther: 'The payment did not go through.',
  tryAgain: 'Nothing was charged. Try again, or use another card or PayPal.',
  expiredTitle: 'This payment page has expired',
  expiredText: 'Nothing was charged. Go back and start the payment again.',
  paidTitle: 'This has been paid',
  paidText: (amount) => `${amount} was paid with this page. It cannot be paid twice.`,
  returnToShop: 'Continue',
  unknownTitle: 'There is no such payment page',
  unknownText: 'The address is not complete, or the page belongs to another bench.',
  challengeTitle: 'Confirm with your bank',
  challengeText: (merchant, amount, last4) =>
    `${merchant} wants to take ${amount} from your card ending in ${last4}. This is the 3-D Secure test page.`,
  complete: 'Complete',
  fail: 'Fail',
  paypalTitle: 'Check and pay',
  paypalSignedIn: (email) => `Signed in as ${email}`,
  paypalText: (merchant, amount) => `Pay ${merchant} ${amount}`,
  agreeAndPay: 'Agree and pay',
  cancel: 'Cancel',
  paypalRefuse: 'Let PayPal decline',
};

const chinese: PageWords = {
  title: '付款',
  testMode: '测试模式',
  testExplained: '本页面代替支付服务商。不会扣款，也没有资金往来。',
  back: '取消并返回',
  goBack: '返回',
  payTo: (merchant) => `向 ${merchant} 付款`,
  quantity: (count) => `数量 ${count}`,
  total: '应付总额',
  email: '电子邮箱',
  payWithPaypal: '使用 PayPal 付款',
  orCard: '或使用银行卡付款',
  onlyCard: '使用银行卡付款',
  cardNumber: '卡号',
  expiration: '有效期',
  expirationHint: '月 / 年',
  cvc: '安全码',
  cvcHint: '3 位数字',
  nameOnCard: '持卡人姓名',
  pay: (amount) => `支付 ${amount}`,
  creditOrDebit: '信用卡或借记卡',
  testCards: '测试卡',
  testCardNumbers: '可以试用的号码',
  anyFuture: '有效期填任意将来的月份，安全码填任意三位数字，姓名不限。',
  cardDoes: {
    credit: 'Visa 信用卡，付款成功',
    debit: 'Visa 借记卡，付款成功',
    challenge: '需要银行确认（3-D Secure）',
    declined: '被拒绝',
    funds: '余额不足',
    expired: '已过期',
    cvc: '安全码不符',
  },
  problems: {
    numberIncomplete: '卡号不完整。',
    numberInvalid: '卡号无效。',
    expiryIncomplete: '有效期不完整。',
    expiryInvalid: '有效期无效。',
    expiryPast: '有效期已过。',
    cvcIncomplete: '安全码不完整。',
    nameMissing: '请输入持卡人姓名。',
  },
  failures: {
    generic_decline: '您的银行卡被拒绝。',
    insufficient_funds: '您的银行卡余额不足。',
    lost_card: '您的银行卡被拒绝。',
    stolen_card: '您的银行卡被拒绝。',
    expired_card: '您的银行卡已过期。',
    incorrect_cvc: '银行卡安全码不正确。',
    processing_error: '处理银行卡时出错，请稍后再试。',
    test_mode_live_card: '您的银行卡被拒绝。这里只能使用测试卡。',
    payment_intent_authentication_failure: '无法验证您的付款方式。请换一种付款方式再试。',
    payment_method_customer_decline: '您没有在 PayPal 中确认付款。',
    payment_method_provider_decline: 'PayPal 拒绝了这笔付款。',
  },
  failureOther: '付款未成功。',
  tryAgain: '没有扣款。请重试，或换一张卡，或使用 PayPal。',
  expiredTitle: '此付款页面已过期',
  expiredText: '没有扣款。请返回并重新开始付款。',
  paidTitle: '已经付款',
  paidText: (amount) => `已通过此页面支付 ${amount}，不会重复扣款。`,
  returnToShop: '继续',
  unknownTitle: '没有这个付款页面',
  unknownText: '地址不完整，或页面属于另一个测试台。',
  challengeTitle: '请向银行确认',
  challengeText: (merchant, amount, last4) => `${merchant} 请求从您尾号 ${last4} 的银行卡收取 ${amount}。这是 3-D Secure 测试页面。`,
  complete: '完成验证',
  fail: '验证失败',
  paypalTitle: '核对并付款',
  paypalSignedIn: (email) => `已登录：${email}`,
  paypalText: (merchant, amount) => `向 ${merchant} 支付 ${amount}`,
  agreeAndPay: '同意并付款',
  cancel: '取消',
  paypalRefuse: '让 PayPal 拒绝',
};

export const pageWords: Readonly<Record<PageLanguage, PageWords>> = { en: english, 'zh-CN': chinese };

/** The session's own `locale`, else the browser's first wish that the page speaks, else English. */
export function chooseLanguage(locale: string | null, acceptLanguage: string | undefined): PageLanguage {
  const wishes =
    locale !== null && locale !== 'auto' ? [locale] : (acceptLanguage ?? '').split(',').map((wish) => wish.split(';')[0]?.trim() ?? '');
  for (const wish of wishes) {
    if (/^zh\b/i.test(wish)) return 'zh-CN';
    if (/^en\b/i.test(wish)) return 'en';
  }
  return 'en';
}

/** `3990`, `eur` → `€39.90`: minor units as the currency counts them. */
export function formatAmount(minor: number, currency: string, language: PageLanguage): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: currency.toUpperCase(), currencyDisplay: 'narrowSymbol' });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
