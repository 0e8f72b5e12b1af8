import { afterEach, describe, expect, it } from 'vitest';
import type { Modem } from '../modem.ts';
import { openModem } from '../open-modem.ts';
import { createScriptedModem, quickTimings, type ScriptedModem } from '../scripted-modem.fixture.ts';

const opened: Modem[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((modem) => modem.close()));
});

type Card = { pin: string; pinLeft: number; pukLeft: number; state: 'READY' | 'SIM PIN' | 'SIM PUK'; counted: boolean };

/** A card whose codes are 1111 and 99999999, behind a modem that answers a wrong one with `refusal`. */
async function open(start: Partial<Card> = {}, refusal = '+CME ERROR: 16'): Promise<{ modem: Modem; scripted: ScriptedModem; card: Card }> {
  const card: Card = { pin: '1111', pinLeft: 3, pukLeft: 10, state: 'SIM PIN', counted: true, ...start };
  function verify(pin: string): boolean {
    card.pinLeft = pin === card.pin ? 3 : card.pinLeft - 1;
    if (card.pinLeft === 0) card.state = 'SIM PUK';
    return pin === card.pin;
  }
  const scripted = createScriptedModem(
    {},
    {
      respond(part) {
        const [, first = '', second] = /^\+CPIN="(\d+)"(?:,"(\d+)")?$/.exec(part) ?? [];
        if (part === '+CPIN?') return `+CPIN: ${card.state}`;
        if (part === '+QPINC?') return card.counted ? `+QPINC: "SC",${card.pinLeft},${card.pukLeft}` : 'ERROR';
        if (part === '+CLCK="SC",2') return '+CLCK: 1';
        if (second !== undefined) {
          if (first !== '99999999') {
            card.pukLeft -= 1;
            return refusal;
          }
          Object.assign(card, { pin: second, pinLeft: 3, state: 'READY' });
          return 'OK';
        }
        if (first === '') return undefined;
        if (!verify(first)) return refusal;
        card.state = 'READY';
        return 'OK';
      },
    },
  );
  const modem = await openModem(scripted.connection, quickTimings);
  opened.push(modem);
  return { modem, scripted, card };
}

const codesSent = (scripted: ScriptedModem): number => scripted.written.filter((line) => line.includes('+CPIN="')).length;

describe('the lock of a SIM', () => {
  it('tells the state with the attempts left, and is opened by the PIN', async () => {
    const { modem } = await open();
    const { simLock } = modem.services;
    expect(await simLock.read()).toEqual({
      state: 'pinRequired',
      pinRequested: true,
      attempts: { pin: 3, puk: 10, pin2: null, puk2: null },
    });
    expect((await simLock.unlock({ pin: '1111', lastAttempt: false })).state).toBe('ready');
  });

  it.each(['+CME ERROR: 16', 'ERROR'])('says what a wrong PIN leaves, from the counter where the modem says only %s', async (refusal) => {
    const { modem } = await open({}, refusal);
    await expect(modem.services.simLock.unlock({ pin: '2222', lastAttempt: false })).rejects.toMatchObject({
      code: 'SIM_PIN_WRONG',
      details: { attemptsLeft: 2 },
    });
  });

  it('sends no last attempt without being told twice, and then asks for the PUK', async () => {
    const { modem, scripted } = await open({ pinLeft: 1 });
    const { simLock } = modem.services;
    await expect(simLock.unlock({ pin: '2222', lastAttempt: false })).rejects.toMatchObject({
      code: 'SIM_LAST_ATTEMPT',
      details: { code: 'pin', attemptsLeft: 1 },
    });
    expect(codesSent(scripted)).toBe(0);
    await expect(simLock.unlock({ pin: '2222', lastAttempt: true })).rejects.toMatchObject({
      code: 'SIM_PUK_REQUIRED',
      details: { attemptsLeft: 10 },
    });
    await expect(simLock.unblock({ puk: '12345678', newPin: '3333', lastAttempt: false })).rejects.toMatchObject({
      code: 'SIM_PUK_WRONG',
      details: { attemptsLeft: 9 },
    });
    expect((await simLock.unblock({ puk: '99999999', newPin: '3333', lastAttempt: false })).state).toBe('ready');
  });

  it('takes an attempt that nobody counts for the last one', async () => {
    const { modem, scripted } = await open({ counted: false });
    const { simLock } = modem.services;
    await expect(simLock.unlock({ pin: '1111', lastAttempt: false })).rejects.toMatchObject({
      code: 'SIM_LAST_ATTEMPT',
      details: { attemptsLeft: null },
    });
    expect(codesSent(scripted)).toBe(0);
    expect((await simLock.unlock({ pin: '1111', lastAttempt: true })).state).toBe('ready');
  });

  it('sends nothing where nothing is locked, and no PIN to a card that wants its PUK', async () => {
    const free = await open({ state: 'READY' });
    expect((await free.modem.services.simLock.unlock({ pin: '2222', lastAttempt: false })).state).toBe('ready');
    const blocked = await open({ state: 'SIM PUK', pinLeft: 0 });
    await expect(blocked.modem.services.simLock.unlock({ pin: '1111', lastAttempt: true })).rejects.toMatchObject({
      code: 'SIM_PUK_REQUIRED',
    });
    const waiting = await open();
    await expect(waiting.modem.services.simLock.unblock({ puk: '99999999', newPin: '3333', lastAttempt: true })).rejects.toMatchObject({
      code: 'SIM_PIN_REQUIRED',
    });
    expect([free, blocked, waiting].map(({ scripted }) => codesSent(scripted))).toEqual([0, 0, 0]);
  });

  it('does not spend the PUK of a card that is blocked for good', async () => {
    const { modem, scripted } = await open({ state: 'SIM PUK', pinLeft: 0, pukLeft: 0 });
    await expect(modem.services.simLock.unblock({ puk: '99999999', newPin: '3333', lastAttempt: true })).rejects.toMatchObject({
      code: 'SIM_BLOCKED',
    });
    expect(codesSent(scripted)).toBe(0);
  });
});
