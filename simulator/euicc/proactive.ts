import { hexToBytes } from '#native/euicc/tlv/hex.ts';
import type { Command } from './command.ts';
import { StatusWordError, statusWords } from './status-word.ts';

/** REFRESH with "UICC reset" (ETSI TS 102 223 §6.4.7, qualifier 04): command details, then from the UICC to the terminal. */
export const refreshCommand = hexToBytes('D00981030101048202 8182');

/** The card application toolkit, as far as a profile switch needs it (ETSI TS 102 223). */
export type Proactive = {
  /** Length of the command that waits to be fetched, for SW 91xx, or null. */
  waiting(): number | null;
  /** A command waits or runs. */
  active(): boolean;
  /** Nothing happens where the terminal did not say that it knows REFRESH: the card then waits for a reset. */
  requestRefresh(): void;
  /** @throws StatusWordError */
  terminalProfile(command: Command): void;
  fetch(command: Command): Uint8Array;
  terminalResponse(command: Command): void;
};

/** @param onRefreshed called when the terminal has answered the REFRESH */
export function makeProactive(onRefreshed: () => void): Proactive {
  let terminalKnowsRefresh = false;
  let state: 'idle' | 'waiting' | 'fetched' = 'idle';
  return {
    waiting: () => (state === 'waiting' ? refreshCommand.length : null),
    active: () => state !== 'idle',
    requestRefresh() {
      if (terminalKnowsRefresh) state = 'waiting';
    },
    terminalProfile({ data }) {
      // The eighth bit of the third octet (ETSI TS 102 223 §5.2).
      terminalKnowsRefresh = ((data[2] ?? 0) & 0x80) !== 0;
    },
    fetch({ le }) {
      if (state !== 'waiting') throw new StatusWordError(statusWords.conditionsNotSatisfied);
      if (le !== refreshCommand.length) throw new StatusWordError(0x6c00 | refreshCommand.length);
      state = 'fetched';
      return refreshCommand;
    },
    terminalResponse() {
      if (state !== 'fetched') throw new StatusWordError(statusWords.conditionsNotSatisfied);
      state = 'idle';
      onRefreshed();
    },
  };
}
