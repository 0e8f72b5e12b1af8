import { assert, constantFrom, property, string, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeCall, messageLength } from './dbus-wire.ts';

/** A message in the notation of a hex dump; spaces and line ends are for the eye. */
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

/** An answer to serial 7 whose body is `(signature, body)`; the header's fields are reply serial and signature. */
function answer(signature: string, body: string): Buffer {
  const content = bytes(body);
  const head = Buffer.from(signature, 'latin1');
  const fields = Buffer.concat([bytes('05 01 75 00 07000000 08 01 67 00'), Buffer.from([head.length]), head, Buffer.from([0])]);
  const header = Buffer.alloc(16);
  header.set([0x6c, 2, 1, 1]);
  header.writeUInt32LE(content.length, 4);
  header.writeUInt32LE(9, 8);
  header.writeUInt32LE(fields.length, 12);
  return Buffer.concat([header, fields, Buffer.alloc((8 - (fields.length % 8)) % 8), content]);
}

describe('messages of a bus', () => {
  it('writes a call as the specification lays it out', () => {
    const call = {
      destination: 'a.b',
      path: '/a',
      interface: 'a.b',
      member: 'M',
      arguments: [
        { type: 's', value: 'x' },
        { type: 'b', value: true },
      ],
    } as const;
    expect(encodeCall(call, 1).toString('hex')).toBe(
      bytes(`
        6c 01 06 01 0c000000 01000000 48000000
        01 01 6f 00 02000000 2f61 00 0000000000
        02 01 73 00 03000000 612e62 00 00000000
        03 01 73 00 01000000 4d 00 000000000000
        06 01 73 00 03000000 612e62 00 00000000
        08 01 67 00 02 7362 00
        01000000 78 00 0000 01000000`).toString('hex'),
    );
  });

  it.each<[string, string, unknown[]]>([
    ['', '', []],
    ['s', '02000000 6869 00', ['hi']],
    ['yb', '07 000000 01000000', [7, true]],
    ['i', 'ffffffff', [-1]],
    ['qn', '0100 feff', [1, -2]],
    ['t', 'ffffffffffffffff', [18_446_744_073_709_551_615n]],
    ['d', '000000000000f03f', [1]],
    ['as', '0d000000 01000000 61 00 0000 01000000 62 00', [['a', 'b']]],
    ['v', '01 75 00 00 05000000', [5]],
    ['(su)', '01000000 61 00 0000 06000000', [['a', 6]]],
    ['a{sv}', '10000000 00000000 01000000 6b 00 01 69 00 000000 0b000000', [new Map([['k', 11]])]],
  ])('reads %s', (signature, body, expected) => {
    const message = answer(signature, body);
    expect(messageLength(message)).toBe(message.length);
    expect(decodeMessage(message)).toMatchObject({ type: 2, replySerial: 7, errorName: null, body: expected });
  });

  it.each([
    ['a text that is longer than its message', 's', 'ff000000 61 00'],
    ['an array that is longer than its message', 'as', 'ff000000'],
    ['an array of nothing', 'a()', '08000000 00000000 0000000000000000'],
    ['a type that does not end', 'a', ''],
    ['a type that nobody knows', 'Z', ''],
    ['a variant of two values', 'v', '02 7575 00 05000000 05000000'],
    ['variants without end', 'v', '01 76 00 '.repeat(40)],
  ])('refuses %s', (_case, signature, body) => {
    expect(() => decodeMessage(answer(signature, body))).toThrow(RangeError);
  });

  it('refuses other byte orders and versions, and waits for a whole header', () => {
    expect(messageLength(Buffer.alloc(15))).toBeNull();
    expect(() => messageLength(bytes('42 01 00 01 00000000 01000000 00000000'))).toThrow(RangeError);
    expect(() => messageLength(bytes('6c 01 00 02 00000000 01000000 00000000'))).toThrow(RangeError);
    expect(() => messageLength(bytes('6c 01 00 01 ffffffff 01000000 00000000'))).toThrow(RangeError);
  });

  it('ends in a message or a refusal, whatever comes', () => {
    const signature = string({ unit: constantFrom(...'ybnqiuxtdsogva(){}'.split('')), maxLength: 12 });
    const run = property(signature, uint8Array({ maxLength: 200 }), (types, body) => {
      try {
        decodeMessage(answer(types, Buffer.from(body).toString('hex')));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    });
    assert(run, { numRuns: 10_000 });
  });
});
