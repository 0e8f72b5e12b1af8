export type PinState = { readonly pin: string; readonly requested: boolean; readonly pinLeft: number; readonly pukLeft: number };

/** The PIN of a profile, with its counters (ETSI TS 102 221 §9.5). It lies on the card: a restart of the modem changes nothing but that it is asked for again. */
export type SimPin = {
  /** All of it, as it is written down. */
  state(): PinState;
  readonly requested: boolean;
  readonly pinLeft: number;
  readonly pukLeft: number;
  /** Whether the right PIN; a wrong one costs an attempt, the right one gives all back. */
  verify(pin: string): boolean;
  /** The same with the PUK, which sets the PIN anew. */
  unblock(puk: string, newPin: string): boolean;
  setRequested(requested: boolean, pin: string): boolean;
  change(pin: string, newPin: string): boolean;
};

/** What every card of the bench is delivered with, its PIN not asked for. */
export const firstPin = '1234';
export const firstPuk = '12345678';
const pinTries = 3;
const pukTries = 10;

const asDelivered: PinState = { pin: firstPin, requested: false, pinLeft: pinTries, pukLeft: pukTries };

export function makeSimPin(initial = asDelivered): SimPin {
  let { pin, requested, pinLeft, pukLeft } = initial;

  function verify(given: string): boolean {
    if (pinLeft === 0) return false;
    pinLeft = given === pin ? pinTries : pinLeft - 1;
    return given === pin;
  }

  return {
    state: () => ({ pin, requested, pinLeft, pukLeft }),
    get requested() {
      return requested;
    },
    get pinLeft() {
      return pinLeft;
    },
    get pukLeft() {
      return pukLeft;
    },
    verify,
    unblock(puk, newPin) {
      if (pukLeft === 0) return false;
      if (puk !== firstPuk) {
        pukLeft -= 1;
        return false;
      }
      pin = newPin;
      pinLeft = pinTries;
      pukLeft = pukTries;
      return true;
    },
    setRequested(next, given) {
      if (!verify(given)) return false;
      requested = next;
      return true;
    },
    change(given, newPin) {
      if (!verify(given)) return false;
      pin = newPin;
      return true;
    },
  };
}
