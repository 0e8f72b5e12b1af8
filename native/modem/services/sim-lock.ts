import { noPinAttempts, pinAttemptsCommand, type PinAttempts } from '../../at/commands/pin-attempts.ts';
import { changePinCommand, enterPinCommand, pinRequestCommand, setPinRequestCommand } from '../../at/commands/sim-pin.ts';
import { DeviceError, isDeviceError } from '../../errors.ts';
import type { CombinedReader, ReadPart } from '../combined-read.ts';
import type { SimState } from '../modem.ts';
import type { ServiceParts } from './modem-services.ts';

export type SimLock = {
  readonly state: SimState;
  /** Whether the card asks for its PIN after each start; null where the modem does not say. */
  readonly pinRequested: boolean | null;
  readonly attempts: PinAttempts;
};

/** `lastAttempt`: the person knows that a wrong code may be the last one. */
type Attempt = { readonly lastAttempt: boolean };

/**
 * The lock of the card. No code is sent where it is not needed, and none that may be the last one unless the person knows that.
 * @throws DeviceError SIM_LAST_ATTEMPT, SIM_PIN_WRONG, SIM_PUK_WRONG (details.attemptsLeft), SIM_PIN_REQUIRED, SIM_PUK_REQUIRED,
 *   SIM_PIN_OFF, SIM_BLOCKED, SIM_ABSENT and what the modem refuses
 */
export type SimLockControl = {
  read(): Promise<SimLock>;
  unlock(code: Attempt & { readonly pin: string }): Promise<SimLock>;
  /** With the PUK; the PIN is set anew. */
  unblock(code: Attempt & { readonly puk: string; readonly newPin: string }): Promise<SimLock>;
  setPinRequested(code: Attempt & { readonly pin: string; readonly requested: boolean }): Promise<SimLock>;
  changePin(code: Attempt & { readonly pin: string; readonly newPin: string }): Promise<SimLock>;
};

export function createSimLockControl({ channel, reader, watch, vendor, timings }: ServiceParts, combined: CombinedReader): SimLockControl {
  const requestPart: ReadPart<boolean> = {
    variants: [{ line: pinRequestCommand.encode(), decode: (lines) => pinRequestCommand.decode(lines) }],
    optional: false,
  };
  const attemptsPart: ReadPart<PinAttempts> = {
    variants: vendor.pinAttempts.map((way) => ({
      line: pinAttemptsCommand.encode(way),
      decode: (lines) => pinAttemptsCommand.decode(lines),
    })),
    optional: false,
  };

  async function read(): Promise<SimLock> {
    const { state } = await reader.card();
    if (state === 'absent') return { state, pinRequested: null, attempts: noPinAttempts };
    const outcomes = await combined.read([requestPart, attemptsPart], 'user');
    const request = outcomes.get(requestPart);
    const attempts = outcomes.get(attemptsPart);
    // A card that waits for a code has shown that it asks for one.
    const asks = state === 'pinRequired' || state === 'pukRequired';
    return {
      state,
      pinRequested: asks ? true : request?.kind === 'value' ? request.value : null,
      attempts: attempts?.kind === 'value' ? attempts.value : noPinAttempts,
    };
  }

  /** Sends one line with a code in it, and finds out what a refusal means. */
  async function spend(code: 'pin' | 'puk', before: SimLock, { lastAttempt }: Attempt, line: string): Promise<void> {
    const left = before.attempts[code];
    if (left === 0) throw new DeviceError(code === 'pin' ? 'SIM_PUK_REQUIRED' : 'SIM_BLOCKED');
    // A card whose counter nobody tells may be at its last attempt too.
    if ((left === null || left === 1) && !lastAttempt) throw new DeviceError('SIM_LAST_ATTEMPT', { code, attemptsLeft: left });
    try {
      await channel.request({ line });
    } catch (error) {
      if (!isDeviceError(error) || (error.code !== 'CME_ERROR' && error.code !== 'AT_ERROR')) throw error;
      throw await meaningOf(error, code, left);
    }
  }

  /** Not every modem says "incorrect password": the card's state and counter tell. */
  async function meaningOf(refusal: DeviceError, code: 'pin' | 'puk', left: number | null): Promise<DeviceError> {
    const after = await read();
    const attemptsLeft = after.attempts[code];
    if (code === 'pin' && (after.state === 'pukRequired' || attemptsLeft === 0)) {
      return new DeviceError('SIM_PUK_REQUIRED', { attemptsLeft: after.attempts.puk }, { cause: refusal });
    }
    if (code === 'puk' && attemptsLeft === 0) return new DeviceError('SIM_BLOCKED', {}, { cause: refusal });
    const incorrectPassword = refusal.details['code'] === 16;
    const counted = left !== null && attemptsLeft !== null && attemptsLeft < left;
    if (!incorrectPassword && !counted) return refusal;
    return new DeviceError(code === 'pin' ? 'SIM_PIN_WRONG' : 'SIM_PUK_WRONG', { attemptsLeft }, { cause: refusal });
  }

  /** The modem reads the card's files once it is unlocked, and says for a while that it is locked or busy. */
  async function untilReady(): Promise<SimLock> {
    const deadline = performance.now() + timings.readyMs;
    for (;;) {
      const { state } = await reader.card();
      if (state === 'ready' || performance.now() >= deadline) return read();
      await watch.next(timings.pollMs);
    }
  }

  async function usable(): Promise<SimLock> {
    const lock = await read();
    switch (lock.state) {
      case 'absent':
        throw new DeviceError('SIM_ABSENT');
      case 'pinRequired':
        throw new DeviceError('SIM_PIN_REQUIRED', { attemptsLeft: lock.attempts.pin });
      case 'pukRequired':
        throw new DeviceError('SIM_PUK_REQUIRED', { attemptsLeft: lock.attempts.puk });
      case 'ready':
      case 'busy':
      case 'failed':
      case 'unknown':
        break;
    }
    return lock;
  }

  return {
    read,
    async unlock(code) {
      const before = await read();
      if (before.state !== 'pinRequired') return before.state === 'ready' ? before : usable();
      await spend('pin', before, code, enterPinCommand.encode({ code: code.pin }));
      return untilReady();
    },
    async unblock(code) {
      const before = await read();
      if (before.state !== 'pukRequired') return before.state === 'ready' ? before : usable();
      await spend('puk', before, code, enterPinCommand.encode({ code: code.puk, newPin: code.newPin }));
      return untilReady();
    },
    async setPinRequested(code) {
      const before = await usable();
      if (before.pinRequested === code.requested) return before;
      await spend('pin', before, code, setPinRequestCommand.encode(code));
      return read();
    },
    async changePin(code) {
      const before = await usable();
      if (before.pinRequested === false) throw new DeviceError('SIM_PIN_OFF');
      await spend('pin', before, code, changePinCommand.encode(code));
      return read();
    },
  };
}
