import { expect, test } from 'vitest';
import { order } from '#contract/account/index.ts';
import { canStep, isOver } from './order-state.ts';

const states = order.shape.state.options;

test('an order takes these steps and no other', () => {
  const steps = states.flatMap((from) => states.filter((to) => canStep(from, to)).map((to) => `${from} ${to}`));
  expect(steps).toEqual([
    'open paid',
    'open cancelled',
    'open expired',
    'paid fulfilled',
    'paid verified',
    'paid refunded',
    'fulfilled verified',
  ]);
});

test('four ends', () => {
  expect(states.filter(isOver)).toEqual(['verified', 'cancelled', 'expired', 'refunded']);
});
