import type { ChipState } from './chip-state.ts';
import type { VirtualCard } from './virtual-card.ts';

/**
 * Where a card lies: contacts, power, and a hand that can pull it out. The plug in the process, the one behind pcscd and the
 * simulated modem all hold their card through this, so that a fault means the same everywhere.
 */
export type CardSlot = {
  readonly atr: Uint8Array;
  readonly protocol: 'T=0' | 'T=1';
  present(): boolean;
  /** Power up, or reset: channels and sessions on the card are lost. Nothing happens where there is no card. */
  reset(): void;
  /** The answer, or null where the card is not there or leaves before it has answered. */
  transmit(command: Uint8Array): Uint8Array | null;
  readonly controls: CardControls;
  /** Called after every insertion and removal. Returns the way to stop it. */
  onChange(listener: () => void): () => void;
};

/** The hand. */
export type CardControls = {
  insert(): void;
  remove(): void;
  /**
   * Pulls the card at the nth APDU from now (1 is the next). `before`: the card never sees it; `after`: the card has done what it was
   * told, and its answer is lost.
   */
  removeAt(apdu: number, moment?: 'before' | 'after'): void;
  /** Every switch of profiles is answered catBusy. */
  setCatBusy(busy: boolean): void;
  present(): boolean;
  /** APDUs that reached the card so far. */
  apduCount(): number;
  /** What is written in the chip; in its first secure element, where it has two. */
  state(): ChipState;
  /** The same of each secure element. */
  states(): readonly ChipState[];
};

export function makeCardSlot(card: VirtualCard): CardSlot {
  const listeners = new Set<() => void>();
  let isPresent = true;
  let apdus = 0;
  let removal: { left: number; readonly moment: 'before' | 'after' } | null = null;

  function setPresent(next: boolean): void {
    removal = null;
    if (isPresent === next) return;
    isPresent = next;
    if (next) card.reset();
    for (const listener of listeners) listener();
  }

  function isTimeToLeave(moment: 'before' | 'after'): boolean {
    return removal !== null && removal.left === 0 && removal.moment === moment;
  }

  return {
    atr: card.atr,
    protocol: card.protocol,
    present: () => isPresent,
    reset() {
      if (isPresent) card.reset();
    },
    transmit(command) {
      if (!isPresent) return null;
      if (removal !== null) removal.left -= 1;
      if (isTimeToLeave('before')) {
        setPresent(false);
        return null;
      }
      apdus += 1;
      const answer = card.transmit(command);
      if (!isTimeToLeave('after')) return answer;
      setPresent(false);
      return null;
    },
    controls: {
      insert: () => setPresent(true),
      remove: () => setPresent(false),
      removeAt(apdu, moment = 'before') {
        removal = { left: apdu, moment };
      },
      setCatBusy: (busy) => card.setCatBusy(busy),
      present: () => isPresent,
      apduCount: () => apdus,
      state: () => card.state(),
      states: () => card.states(),
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
