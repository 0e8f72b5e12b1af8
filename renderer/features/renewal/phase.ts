import { assertNever } from '#renderer/app/assert-never.ts';
import type { Order } from '#contract/account/index.ts';
import type { Proof, Renewal } from '#contract/desk/account.ts';
import type { ChainState } from '#renderer/ui/chain.tsx';

export type RenewalScreen = 'waiting' | 'failed' | 'result' | 'closed';

/** Which screen a renewal is at. */
export function screenOf(phase: Renewal['phase']): RenewalScreen {
  switch (phase) {
    case 'waiting':
      return 'waiting';
    case 'failed':
      return 'failed';
    case 'applying':
    case 'verified':
      return 'result';
    case 'cancelled':
    case 'expired':
    case 'refunded':
      return 'closed';
    default:
      return assertNever(phase);
  }
}

/**
 * How a proof looks on the chain. What cannot be known here (no device) stays dashed; it is no failure. A proof that waits with a problem
 * waits for the person.
 */
export function chainStateOf({ state, problem }: Proof): ChainState {
  switch (state) {
    case 'proven':
      return 'ok';
    case 'waiting':
      return problem === null ? 'run' : 'act';
    case 'failed':
      return 'bad';
    case 'unknown':
    case 'notApplicable':
      return 'wait';
    default:
      return assertNever(state);
  }
}

/** In how many of the four places the renewal is proven. */
export function provenPlaces({ chain }: Renewal): number {
  return [chain.account, chain.carrier, chain.chip, chain.network].filter(({ state }) => state === 'proven').length;
}

/** The order that waits for its payment: the newest open one that has not run out, or null. */
export function unfinishedOrder(orders: readonly Order[], now: Date): Order | null {
  return orders.find((order) => order.state === 'open' && new Date(order.expiresAt).getTime() > now.getTime()) ?? null;
}

/** The order whose payment arrived and whose renewal is not verified yet, or null. */
export function orderBeingApplied(orders: readonly Order[]): Order | null {
  return orders.find((order) => order.state === 'paid' || order.state === 'fulfilled') ?? null;
}
