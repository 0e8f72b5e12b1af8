import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random letters and digits without bias: bytes past the last whole multiple of the alphabet are thrown away. */
export function randomToken(length: number): string {
  let token = '';
  while (token.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && token.length < length) token += alphabet[byte % 62];
    }
  }
  return token;
}

/** Prefixes and lengths as Stripe's test mode shows them. */
const shapes = {
  customer: ['cus_', 14],
  'checkout.session': ['cs_test_a1', 56],
  payment_intent: ['pi_3', 23],
  charge: ['ch_3', 23],
  paypalCharge: ['py_3', 23],
  refund: ['re_3', 23],
  event: ['evt_1', 23],
  payment_method: ['pm_1', 23],
  item: ['li_1', 23],
  price: ['price_1', 23],
  product: ['prod_', 14],
  request: ['req_', 14],
  delivery: ['del_', 14],
} as const satisfies Record<string, readonly [prefix: string, length: number]>;

export function newId(kind: keyof typeof shapes): string {
  const [prefix, length] = shapes[kind];
  return prefix + randomToken(length);
}
