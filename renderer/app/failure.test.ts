import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { ConnectionLostError } from './connection.ts';
import { failureOf } from './failure.ts';
import { readIntent } from './intent.ts';
import { activeItem, parentPath, pathOfDevice } from './navigation.ts';

test.each<[unknown, unknown]>([
  [new ORPCError('CARD_STATUS', { data: { sw: '6A80' } }), { code: 'CARD_STATUS', details: { sw: '6A80' } }],
  [new ORPCError('CARD_STATUS', { data: { sw: '6A80', deep: { no: 1 } } }), { code: 'CARD_STATUS', details: { sw: '6A80' } }],
  [new ORPCError('CARD_STATUS'), { code: 'CARD_STATUS', details: {} }],
  [new ORPCError('BAD_REQUEST'), { code: 'INPUT_INVALID', details: {} }],
  [new ORPCError('NOT_FOUND'), { code: 'INTERNAL', details: { code: 'NOT_FOUND' } }],
  [new ConnectionLostError(), { code: 'APPLICATION_GONE', details: {} }],
  [new Error('odd'), { code: 'INTERNAL', details: { message: 'odd' } }],
  ['odd', { code: 'INTERNAL', details: { message: 'odd' } }],
])('%o is shown as a code of the table', (error, failure) => {
  expect(failureOf(error)).toEqual(failure);
});

test('an intent takes only what it knows', () => {
  expect(readIntent({ period: 'quarter', subject: 'spam', orderId: 7, promotionCode: 'SPRING10', other: 1 })).toEqual({
    period: 'quarter',
    promotionCode: 'SPRING10',
  });
  expect(readIntent(null)).toEqual({});
});

test('paths know their item and their way back', () => {
  expect(['/', '/plan', '/orders/o1', '/devices/x', '/nowhere'].map(activeItem)).toEqual(['home', 'plan', 'plan', 'devices', null]);
  expect(['/', '/plan', '/orders/o1', pathOfDevice('serial:/dev/ttyUSB2')].map(parentPath)).toEqual([null, null, '/plan', '/devices']);
});
