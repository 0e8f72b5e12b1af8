import { readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import type { EuiccCredential, Pki } from '../pki/load-pki.ts';
import type { ChipKind } from './chip-kind.ts';
import type { ChipState } from './chip-state.ts';
import type { ChipStore } from './chip-store.ts';
import type { Es10Context } from './es10/es10-context.ts';
import { es10Functions } from './es10/es10-functions.ts';
import { loadBoundProfile } from './es10/session.ts';
import { completeSwitch } from './es10/switching.ts';
import { interruptInstallation } from './rsp/installation-result.ts';
import type { RspSession } from './rsp/rsp-session.ts';
import { StatusWordError, statusWords } from './status-word.ts';

/** One ISD-R with its memory. A card has one of them, or two that know nothing of each other. */
export type SecureElement = {
  state(): ChipState;
  /** A STORE DATA script that came in on this eSIM port, and its answer. @throws StatusWordError, DeviceError CARD_ANSWER */
  run(script: Uint8Array, port: number): Uint8Array;
  /** The session is gone, a switch that waited is done. @throws Error where the memory cannot be read */
  reset(): void;
  /** The terminal has answered a REFRESH. @throws StatusWordError */
  finishSwitch(): void;
  /** The proactive session that kept it busy is over. Returns whether there was one. @throws StatusWordError */
  endProactiveSession(): boolean;
};

/** What the card around it does for it. */
export type ElementSurroundings = {
  readonly kind: ChipKind;
  readonly pki: () => Pki;
  proactiveSession(): boolean;
  requestRefresh(): void;
};

export function makeSecureElement(store: ChipStore, { kind, pki, ...card }: ElementSurroundings): SecureElement {
  let known: EuiccCredential | null = null;
  let state = store.load();
  let session: RspSession = { stage: { kind: 'idle' } };

  function save(next: ChipState): void {
    if (next === state) return;
    try {
      store.save(next);
    } catch {
      throw new StatusWordError(statusWords.memoryFailure);
    }
    state = next;
  }

  /** Two programs may have been given the same chip: what the other one wrote since must not be written over. */
  function readMemory(): void {
    try {
      state = store.load();
    } catch {
      throw new StatusWordError(statusWords.memoryFailure);
    }
  }

  function credential(): EuiccCredential {
    return (known ??= pki().euicc(state.eid));
  }

  function contextOn(port: number): Es10Context {
    return {
      kind,
      port,
      state: () => state,
      save,
      catBusy: () => state.pendingSwitch !== null || card.proactiveSession(),
      requestRefresh: () => card.requestRefresh(),
      get session() {
        return session;
      },
      credential() {
        try {
          return credential();
        } catch {
          throw new StatusWordError(statusWords.memoryFailure);
        }
      },
    };
  }

  return {
    state: () => state,
    run(script, port) {
      readMemory();
      // The pieces of a bound profile package are no whole objects.
      if (isBoundProfileSegment(script)) return loadBoundProfile(script, contextOn(port));
      const request = readTlv(script);
      const handle = es10Functions.get(request.tag);
      if (handle === undefined) throw new StatusWordError(statusWords.referencedDataNotFound);
      return handle(request, contextOn(port));
    },
    reset() {
      state = store.load();
      session = { stage: { kind: 'idle' } };
      // A card that has once said that it is busy is not so after the reset.
      const isCured = state.catBusyLeft < kind.catBusyTimes && state.catBusyLeft > 0;
      const rested = isCured ? { ...state, catBusyLeft: 0 } : state;
      const finished = interruptInstallation(completeSwitch(rested), credential);
      if (finished !== state) store.save(finished);
      state = finished;
    },
    finishSwitch: () => save(completeSwitch(state)),
    endProactiveSession() {
      if (state.catBusyLeft === 0) return false;
      save({ ...state, catBusyLeft: 0 });
      return true;
    },
  };
}

function isBoundProfileSegment(script: Uint8Array): boolean {
  const [first, second] = script;
  return (first === 0xbf && second === 0x36) || (first !== undefined && [0xa0, 0xa1, 0xa2, 0xa3, 0x86, 0x87, 0x88].includes(first));
}
