import type { Order } from '#contract/account/index.ts';
import type { Renewal } from '#contract/desk/account.ts';

/**
 * What the person sees of an order.
 * @param acknowledgedFailureAt the failure that was known when the page was opened last: only a newer one is news
 */
export function phaseOf(order: Order, acknowledgedFailureAt: string | null): Renewal['phase'] {
  switch (order.state) {
    case 'open':
      return order.lastFailure !== null && order.lastFailure.at !== acknowledgedFailureAt ? 'failed' : 'waiting';
    case 'paid':
    case 'fulfilled':
      return 'applying';
    case 'verified':
    case 'cancelled':
    case 'expired':
    case 'refunded':
      return order.state;
    default:
      return order.state satisfies never;
  }
}

/** Nothing more will happen to the order itself. */
export function isClosed(state: Order['state']): boolean {
  return state === 'verified' || state === 'cancelled' || state === 'expired' || state === 'refunded';
}
