// The codec against the original: what structuredClone() keeps, the codec keeps.
import { test, expect } from '@playwright/test';
import { codec } from '../main/codec.ts';

const through = (value: unknown) => codec.decode(codec.encode(value));

const values: Readonly<Record<string, unknown>> = {
  primitives: ['text', 'ünï\u2028', '\ud800', 1, -1.5, true, false, null, undefined, 0n, -(2n ** 70n)],
  'odd numbers': [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, Number.MAX_VALUE],
  dates: [new Date(0), new Date(-1)],
  collections: { map: new Map<unknown, unknown>([[{ key: 1 }, new Set([1, '1', undefined])]]), empty: new Map() },
  binary: [
    new Uint8Array([1, 2, 255]),
    new Int16Array([-1]),
    new Float64Array([0.5]),
    new BigInt64Array([-1n]),
    new DataView(new ArrayBuffer(3)),
    new ArrayBuffer(2),
    new Uint8Array(0),
  ],
  'a view into a buffer': new Uint8Array([0, 1, 2, 3]).subarray(1, 3),
  patterns: /a(b)?/giu,
  boxed: [Object(1), Object('s'), Object(false)],
  'keys that look special': JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'),
  'an array that looks like a tag': [['u'], ['r', 0], ['o', []]],
};

for (const [name, value] of Object.entries(values)) {
  test(`keeps ${name}`, () => expect(through(value)).toStrictEqual(structuredClone(value)));
}

test('keeps errors, their causes and stacks', () => {
  const error = new TypeError('bad', { cause: new Error('root') });
  const back = through(error) as TypeError;
  expect(back).toBeInstanceOf(TypeError);
  expect([back.message, back.stack, (back.cause as Error).message]).toEqual(['bad', error.stack, 'root']);
});

test('keeps identity and cycles', () => {
  const shared = { n: 1 };
  const cyclic: Record<string, unknown> = { first: shared, second: shared, list: [] };
  (cyclic['list'] as unknown[]).push(cyclic, new Map([['self', cyclic]]));
  const back = through(cyclic) as { first: object; second: object; list: [unknown, Map<string, unknown>] };
  expect(back.first).toBe(back.second);
  expect(back.list[0]).toBe(back);
  expect(back.list[1].get('self')).toBe(back);
});

test('keeps an invalid date', () => expect((through(new Date(Number.NaN)) as Date).getTime()).toBeNaN());

test('keeps holes', () => expect(through(Object.assign([], { 1: 0, length: 3 }))).toStrictEqual(Object.assign([], { 1: 0, length: 3 })));

for (const [name, value] of Object.entries({
  function: () => 1,
  symbol: Symbol('s'),
  promise: Promise.resolve(),
  'weak map': new WeakMap(),
  blob: new Blob(['x']),
})) {
  test(`refuses a ${name}`, () => expect(() => codec.encode({ value })).toThrow('An object could not be cloned.'));
}

test('makes a Buffer a Uint8Array of its own', () => {
  const back = through(Buffer.from('abc')) as Uint8Array;
  expect([back.constructor.name, back.buffer.byteLength]).toEqual(['Uint8Array', 3]);
});
