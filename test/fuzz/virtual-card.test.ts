import { array, assert, constantFrom, nat, oneof, property, tuple, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';
import { hexToBytes } from '#native/euicc/tlv/hex.ts';
import { chipStateSchema } from '#simulator/euicc/chip-state.ts';
import { makeChipState } from '#simulator/euicc/chip-state.ts';
import { memoryChipStore } from '#simulator/euicc/chip-store.ts';
import { makeEid } from '#simulator/euicc/eid.ts';
import { makeVirtualCard } from '#simulator/euicc/virtual-card.ts';
import { readerProfiles } from '#simulator/sample.ts';

const functions = [
  0x20, 0x21, 0x22, 0x28, 0x29, 0x2b, 0x2d, 0x2e, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x38, 0x3c, 0x3e, 0x3f, 0x41, 0x42, 0x43,
];

/** Commands near to the right ones, and some that are anything. */
const command = oneof(
  { weight: 1, arbitrary: uint8Array({ maxLength: 261 }) },
  {
    weight: 3,
    arbitrary: tuple(constantFrom(...functions), uint8Array({ maxLength: 60 }), constantFrom(0x11, 0x91), constantFrom(0, 1, 2)).map(
      ([tag, value, p1, p2]) => Uint8Array.of(0x80, 0xe2, p1, p2, value.length + 3, 0xbf, tag, value.length, ...value),
    ),
  },
  { weight: 1, arbitrary: nat(255).map((le) => Uint8Array.of(0x80, 0xc0, 0, 0, le)) },
);

it('the virtual card answers whatever it hears with a status word, and its memory stays sound', () => {
  assert(
    property(array(command, { maxLength: 12 }), (commands) => {
      const card = makeVirtualCard({ store: memoryChipStore(makeChipState({ eid: makeEid(1), profiles: readerProfiles })) });
      card.transmit(hexToBytes('00A4040010A0000005591010FFFFFFFF8900000100'));
      for (const one of commands) {
        const answer = card.transmit(one);
        expect(answer.length).toBeGreaterThanOrEqual(2);
        expect(answer.length).toBeLessThanOrEqual(258);
        expect([0x90, 0x91, 0x61, 0x6c, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6d, 0x6e]).toContain(answer.at(-2));
      }
      card.reset();
      expect(chipStateSchema.safeParse(card.state()).success).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
