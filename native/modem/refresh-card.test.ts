import { describe, expect, it, onTestFinished } from 'vitest';
import type { CardAccess } from '../apdu/card-access.ts';
import { createHabitMemory, type HabitKeeper } from './habits.ts';
import { openModem } from './open-modem.ts';
import { createScriptedModem, quickTimings, type ScriptedModem } from './scripted-modem.fixture.ts';
import type { ModemTimings } from './timings.ts';

const former = '8944990000004821602';
const other = '8944990000004821784';
const enabled = { kind: 'enabled', iccid: other } as const;
const disabled = { kind: 'disabled', iccid: former } as const;
const reset = { kind: 'reset' } as const;
/** For what is expected to happen before the time is over, however busy the machine is. */
const patient: ModemTimings = { ...quickTimings, noticeMs: 10_000, readyMs: 10_000 };
const able = { '+CFUN=4': 'OK', '+CFUN=0': 'OK', '+CFUN=1': 'OK' };

async function stage(
  answers: Readonly<Record<string, string>>,
  options: { readonly timings?: ModemTimings; readonly habits?: HabitKeeper; respond?(part: string, scripted: ScriptedModem): void } = {},
): Promise<{ readonly scripted: ScriptedModem; readonly access: CardAccess; readonly steps: () => readonly string[] }> {
  const scripted: ScriptedModem = createScriptedModem(answers, {
    respond(part) {
      options.respond?.(part, scripted);
      return undefined;
    },
  });
  const modem = await openModem(scripted.connection, options.timings ?? quickTimings, options.habits);
  onTestFinished(() => modem.close());
  return {
    scripted,
    access: await modem.cardAccess(),
    steps: () => scripted.written.filter((line) => /^AT(?:\+CFUN|#SIMDET)=/.test(line)),
  };
}

/** Shows the other profile from this command on. */
function showsAfter(command: string): { respond(part: string, scripted: ScriptedModem): void } {
  return {
    respond(part, scripted) {
      if (part === command) scripted.answers.set('+QCCID', `+QCCID: ${other}F`);
    },
  };
}

describe('a switch that a modem has to notice', () => {
  it('is noticed as soon as the modem shows the profile, without a word of it', async () => {
    const { access, scripted, steps } = await stage({ '+QCCID': `+QCCID: ${former}F` }, { timings: patient });
    setTimeout(() => scripted.answers.set('+QCCID', `+QCCID: ${other}F`), 30);
    expect(await access.refresh(enabled)).toBe('byItself');
    expect(steps()).toEqual([]);
  });

  it('takes the radio, then the card, and begins there the next time', async () => {
    const { access, scripted, steps } = await stage(able, showsAfter('+CFUN=0'));
    expect(await access.refresh(enabled)).toBe('cardOffOn');
    expect(steps()).toEqual(['AT+CFUN=4', 'AT+CFUN=1', 'AT+CFUN=0', 'AT+CFUN=1']);
    scripted.answers.set('+QCCID', `+QCCID: ${former}F`);
    expect(await access.refresh(enabled)).toBe('cardOffOn');
    expect(steps().slice(4)).toEqual(['AT+CFUN=0', 'AT+CFUN=1']);
  });

  it('takes the vendor’s command for the power of the card after that', async () => {
    const { access, steps } = await stage(
      {
        ...able,
        '+CGMI': 'Telit',
        '+CGMM': 'LE910C4-EU',
        '#CCID': `#CCID: ${former}`,
        '#SIMDET=0': 'OK',
        '#SIMDET=1': 'OK',
        '#SIMDET=2': 'OK',
      },
      { respond: (part, scripted) => (part === '#SIMDET=1' ? void scripted.answers.set('#CCID', `#CCID: ${other}`) : undefined) },
    );
    expect(await access.refresh(enabled)).toBe('cardPower');
    expect(steps().slice(4)).toEqual(['AT#SIMDET=0', 'AT#SIMDET=1', 'AT#SIMDET=2']);
  });

  it('is not noticed where the modem keeps showing the former profile, and what helped once is forgotten', async () => {
    const habits = createHabitMemory();
    const identity = { manufacturer: null, model: null, revision: null, imei: null };
    habits.keep(identity, { refresh: 'cardOffOn' });
    const { access, steps } = await stage(able, { habits });
    expect(await access.refresh(enabled)).toBe('unnoticed');
    expect(steps()).toEqual(['AT+CFUN=0', 'AT+CFUN=1', 'AT+CFUN=4', 'AT+CFUN=1']);
    expect(habits.of(identity).refresh).toBeNull();
  });

  it('is left to a restart at once where nothing else has helped before, and that is remembered only if it helps', async () => {
    const habits = createHabitMemory();
    const identity = { manufacturer: null, model: null, revision: null, imei: null };
    habits.keep(identity, { refresh: 'restart' });
    const { access, scripted, steps } = await stage(able, { habits });
    expect(await access.refresh(enabled)).toBe('unnoticed');
    expect(steps()).toEqual([]);
    expect(habits.of(identity).refresh).toBe('restart');
    expect(await access.refresh(enabled, 'restart')).toBe('unnoticed');
    expect(habits.of(identity).refresh).toBeNull();
    scripted.answers.set('+QCCID', `+QCCID: ${other}F`);
    expect(await access.refresh(enabled, 'restart')).toBe('restart');
    expect(habits.of(identity).refresh).toBe('restart');
  });

  it('switches the radio on again although switching it off failed', async () => {
    const { access, steps } = await stage({ '+CFUN=1': 'OK' });
    await access.refresh(enabled);
    expect(steps().at(-1)).toBe('AT+CFUN=1');
  });

  it('switches the card of a modem off and on in one line where the port goes with it', async () => {
    const { access, steps } = await stage({ ...able, '+CGMM': 'EG916Q-GL' }, showsAfter('+CFUN=0'));
    expect(await access.refresh(enabled)).toBe('cardOffOn');
    expect(steps()[0]).toBe('AT+CFUN=0;+CFUN=1');
  });

  it('says over which step the port closed', async () => {
    const { access } = await stage(able, { respond: (part, scripted) => (part === '+CFUN=0' ? scripted.unplug() : undefined) });
    await expect(access.refresh(enabled)).rejects.toMatchObject({ code: 'PORT_CLOSED', details: { refreshStep: 'cardOffOn' } });
  });

  it('reports the end of the port while it waits', async () => {
    const { access, scripted } = await stage({}, { timings: patient });
    setTimeout(() => scripted.unplug(), 30);
    await expect(access.refresh(enabled)).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  it('believes the modem that it has looked where it tells no number', async () => {
    const { access, scripted, steps } = await stage({}, { timings: patient });
    scripted.answers.delete('+QCCID');
    setTimeout(() => scripted.say('\r\n+QUSIM: 1\r\n'), 30);
    expect(await access.refresh(enabled)).toBe('byItself');
    expect(steps()).toEqual([]);
  });
});

it('takes a card that stays away for one without an enabled profile', async () => {
  const { access, scripted, steps } = await stage({}, { timings: patient });
  scripted.answers.set('+CPIN?', '+CME ERROR: 13');
  scripted.say('\r\n+CPIN: NOT READY\r\n');
  expect(await access.refresh(disabled)).toBe('byItself');
  expect(steps()).toEqual([]);
});

it('has a card begin anew without waiting for news, and learns nothing from it', async () => {
  const habits = createHabitMemory();
  const { access, steps } = await stage(able, { timings: { ...quickTimings, noticeMs: 60_000 }, habits });
  expect(await access.refresh(reset)).toBe('cardOffOn');
  expect(steps()).toEqual(['AT+CFUN=0', 'AT+CFUN=1']);
  expect(habits.of({ manufacturer: null, model: null, revision: null, imei: null }).refresh).toBeNull();
});
