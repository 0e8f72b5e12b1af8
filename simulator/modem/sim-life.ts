import type { CardSlot } from '../euicc/card-slot.ts';
import type { ModemClock } from './modem-clock.ts';
import type { ModemKind } from './modem-kind.ts';
import type { ModemMemory } from './modem-memory.ts';
import type { ModemState } from './modem-state.ts';
import type { Registration } from './registration.ts';
import type { SimDriver, SimIdentity } from './sim-driver.ts';
import { answerRefresh, makeSimDriver } from './sim-driver.ts';
import type { SimPin } from './sim-pins.ts';

/** The SIM as the modem lives through it: power-up, PIN, refresh, removal. */
export type SimLife = {
  readonly driver: SimDriver;
  pinOf(identity: SimIdentity): SimPin;
  /** Powers the card up, and looks for a network with it. */
  start(): void;
  /** The right code was given. */
  unlock(): void;
  /** The PIN was given wrongly too often: off the network, until the PUK is given. */
  block(): void;
  /** The modem lost its power. */
  stop(): void;
};

const delays = { start: 300, refresh: 100, unlock: 20 } as const; // milliseconds

export function makeSimLife(options: {
  readonly kind: ModemKind;
  readonly slot: CardSlot;
  readonly clock: ModemClock;
  readonly memory: ModemMemory;
  readonly state: ModemState;
  readonly registration: Registration;
  readonly say: (line: string) => void;
  readonly hasPower: () => boolean;
}): SimLife {
  const { kind, slot, clock, memory, state, registration, say } = options;
  const { card } = kind.vendor;
  let isRefreshing = false;

  const driver = makeSimDriver(slot, kind.traits, (length) => {
    if (isRefreshing) return;
    isRefreshing = true;
    clock.after(delays.refresh, () => {
      isRefreshing = false;
      answerRefresh(slot, length);
      if (kind.traits.heedsRefresh) start();
    });
  });

  slot.onChange(() => {
    if (!options.hasPower() || state.functionality === 0) return;
    if (slot.present()) start();
    else take({ state: 'absent' });
  });

  function take(phase: { readonly state: 'absent' | 'starting' }): void {
    const wasReady = state.sim.state === 'ready';
    state.sim = phase;
    registration.leave();
    if (!wasReady) return;
    card.lost.forEach(say);
    sayPin('NOT READY');
  }

  function sayPin(code: string): void {
    if (card.saysPin) say(`+CPIN: ${code}`);
  }

  function start(): void {
    take({ state: 'starting' });
    clock.after(delays.start, () => {
      if (state.functionality === 0) return;
      state.sim = driver.start();
      if (state.sim.state === 'absent') return;
      card.found.forEach(say);
      if (state.sim.state !== 'ready') return;
      const { identity } = state.sim;
      const pin = pinOf(identity);
      if (pin.pinLeft === 0) lock('pukRequired', identity);
      else if (pin.requested) lock('pinRequired', identity);
      else setReady(identity);
    });
  }

  function pinOf({ iccid }: SimIdentity): SimPin {
    return memory.pinOf(iccid);
  }

  function lock(phase: 'pinRequired' | 'pukRequired', identity: SimIdentity): void {
    state.sim = { state: phase, identity };
    sayPin(phase === 'pinRequired' ? 'SIM PIN' : 'SIM PUK');
  }

  function setReady(identity: SimIdentity): void {
    state.sim = { state: 'ready', identity };
    sayPin('READY');
    registration.search();
  }

  /** Behind the final result of the command that did it. */
  function changeLock(change: (identity: SimIdentity) => void): void {
    const before = state.sim;
    if ('identity' in before) clock.after(delays.unlock, () => (state.sim === before ? change(before.identity) : undefined));
  }

  return {
    driver,
    pinOf,
    start,
    unlock: () => changeLock(setReady),
    block: () =>
      changeLock((identity) => {
        registration.leave();
        lock('pukRequired', identity);
      }),
    stop() {
      isRefreshing = false;
    },
  };
}
