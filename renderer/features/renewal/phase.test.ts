import { expect, test } from 'vitest';
import type { Order } from '#contract/account/index.ts';
import { renewal, type Proof } from '#contract/desk/account.ts';
import { chainStateOf, orderBeingApplied, screenOf, unfinishedOrder } from './phase.ts';

const order = (orderId: string, state: Order['state'], expiresAt: string): Order => ({ orderId, state, expiresAt }) as Order;

test('every phase of the contract has its screen', () => {
  expect(renewal.shape.phase.options.map((phase) => [phase, screenOf(phase)])).toEqual([
    ['waiting', 'waiting'],
    ['failed', 'failed'],
    ['applying', 'result'],
    ['verified', 'result'],
    ['cancelled', 'closed'],
    ['expired', 'closed'],
    ['refunded', 'closed'],
  ]);
});

test('what cannot be known here is dashed, not red; what waits with a problem waits for the person', () => {
  const states = ['proven', 'waiting', 'failed', 'unknown', 'notApplicable'] as const;
  const proofs = states.map((state): Proof => ({ state, at: null, evidence: {}, problem: null }));
  expect(proofs.map(chainStateOf)).toEqual(['ok', 'run', 'bad', 'wait', 'wait']);
  expect(chainStateOf({ state: 'waiting', at: null, evidence: {}, problem: { code: 'PROFILE_NOT_ENABLED', details: {} } })).toBe('act');
});

test('the unfinished order is open and not run out; the one being applied is paid', () => {
  const now = new Date('2026-05-14T12:00:00.000Z');
  const late = order('late', 'open', '2026-05-14T11:59:59.000Z');
  const open = order('open', 'open', '2026-05-15T12:00:00.000Z');
  const paid = order('paid', 'paid', '2026-05-15T12:00:00.000Z');
  expect(unfinishedOrder([paid, late, open], now)).toBe(open);
  expect(unfinishedOrder([paid, late], now)).toBeNull();
  expect(orderBeingApplied([open, paid])).toBe(paid);
  expect(orderBeingApplied([open, order('done', 'verified', '')])).toBeNull();
});
