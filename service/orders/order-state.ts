import type { Order } from '#contract/account/index.ts';

export type OrderState = Order['state'];

/**
 * The only steps there are. Money moves an order forward; nothing moves it back to `open`. What the carrier applies and shows at once is
 * verified without a step between.
 */
const steps: Readonly<Record<OrderState, readonly OrderState[]>> = {
  open: ['paid', 'cancelled', 'expired'],
  paid: ['fulfilled', 'verified', 'refunded'],
  fulfilled: ['verified'],
  verified: [],
  cancelled: [],
  expired: [],
  refunded: [],
};

export function canStep(from: OrderState, to: OrderState): boolean {
  return steps[from].includes(to);
}

/** Nothing more will happen to it. */
export function isOver(state: OrderState): boolean {
  return steps[state].length === 0;
}
