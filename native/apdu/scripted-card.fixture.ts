import { expect } from 'vitest';
import { bytesToHex, hexToBytes } from '../euicc/tlv/hex.ts';
import type { CardConnection } from '../transport/card-transport.ts';

export type ScriptedCard = CardConnection & {
  readonly powerCycles: () => number;
  readonly closes: () => number;
  /** What the script still expects. */
  readonly left: () => readonly string[];
};

/**
 * A card that expects exactly these commands in this order and gives exactly these answers, both as literal hex. A line is
 * "command > answer"; blanks are for the eye.
 */
export function scriptedCard(protocol: 'T=0' | 'T=1', ...lines: readonly string[]): ScriptedCard {
  const steps = lines.map((line) => line.replaceAll(' ', '').split('>'));
  let powerCycles = 0;
  let closes = 0;
  return {
    atr: hexToBytes('3B00'),
    protocol,
    async transmit(command) {
      const [expected, answer] = steps.shift() ?? [];
      expect(bytesToHex(command)).toBe(expected);
      return hexToBytes(answer ?? '');
    },
    async powerCycle() {
      powerCycles += 1;
    },
    async close() {
      closes += 1;
    },
    powerCycles: () => powerCycles,
    closes: () => closes,
    left: () => steps.map(([command = '']) => command),
  };
}
