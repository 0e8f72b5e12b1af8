import type { Command } from 'commander';
import type { Device } from '#contract/desk/devices.ts';
import type { SimLock } from '#contract/desk/modem.ts';
import { LebError } from '#contract/errors.ts';
import { ask, askYes, canAsk } from '../ask.ts';
import type { Input, Kit } from '../command-kit.ts';
import { toTableError } from '../failure.ts';
import { openModem } from '../modem-view.ts';
import type { Desk, Outcome, Terminal } from '../terminal.ts';
import { formatList } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

/** The codes, the option of each and the variable that keeps it off the command line, which every program on the machine can read. */
const codes = {
  pin: { option: 'pin', variable: 'LEB_PIN', fits: /^\d{4,8}$/u },
  newPin: { option: 'new-pin', variable: 'LEB_NEW_PIN', fits: /^\d{4,8}$/u },
  puk: { option: 'puk', variable: 'LEB_PUK', fits: /^\d{8}$/u },
} as const;
type CodeName = keyof typeof codes;

type LockCall = (desk: Desk, on: { readonly deviceId: string; readonly confirmLastAttempt: boolean }) => Promise<SimLock>;

export function addPinCommands(kit: Kit, modem: Command): void {
  const { words } = kit;
  const group = kit.group('pin', modem);
  const withCodes = (command: Command, ...names: readonly CodeName[]): Command =>
    names
      .reduce((all, name) => all.option(`--${codes[name].option} <CODE>`, words.say(`option.${name}`)), command)
      .option('--last-attempt', words.say('option.lastAttempt'));
  withCodes(kit.command(group, 'unlock', '[DEVICE]', unlock), 'pin', 'puk', 'newPin');
  withCodes(kit.command(group, 'enable', '[DEVICE]', setRequested(true)), 'pin');
  withCodes(kit.command(group, 'disable', '[DEVICE]', setRequested(false)), 'pin');
  withCodes(kit.command(group, 'change', '[DEVICE]', change), 'pin', 'newPin');
}

/** With the PIN, or with the PUK where the SIM is past that. */
async function unlock(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { desk, device, lock } = await open(terminal, input);
  if (lock.state === 'pukRequired') {
    const puk = await readCode(terminal, input, 'puk', lock);
    const newPin = await readCode(terminal, input, 'newPin', lock);
    const after = await tell(terminal, input, desk, device, (to, on) => to.modem.unblockSim({ ...on, puk, newPin }));
    return outcome(words, device, after, words.say('done.simUnblocked'));
  }
  // Where nothing is locked no code is needed.
  const pin = lock.state === 'ready' ? '0000' : await readCode(terminal, input, 'pin', lock);
  const after = await tell(terminal, input, desk, device, (to, on) => to.modem.unlockSim({ ...on, pin }));
  return outcome(words, device, after, words.say(lock.state === 'ready' ? 'done.simNotLocked' : 'done.simUnlocked'));
}

function setRequested(requested: boolean) {
  return async (terminal: Terminal, input: Input): Promise<Outcome> => {
    const { desk, device, lock } = await open(terminal, input);
    // Where it is so already no code is needed.
    const pin = lock.pinRequested === requested ? '0000' : await readCode(terminal, input, 'pin', lock);
    const after = await tell(terminal, input, desk, device, (to, on) => to.modem.setPinRequested({ ...on, pin, requested }));
    return outcome(terminal.words, device, after, terminal.words.say(requested ? 'done.pinOn' : 'done.pinOff'));
  };
}

async function change(terminal: Terminal, input: Input): Promise<Outcome> {
  const { desk, device, lock } = await open(terminal, input);
  if (lock.pinRequested === false) throw new LebError('SIM_PIN_OFF');
  const pin = await readCode(terminal, input, 'pin', lock);
  const newPin = await readCode(terminal, input, 'newPin', lock);
  const after = await tell(terminal, input, desk, device, (to, on) => to.modem.changePin({ ...on, pin, newPin }));
  return outcome(terminal.words, device, after, terminal.words.say('done.pinChanged'));
}

async function open(terminal: Terminal, input: Input): Promise<{ desk: Desk; device: Device; lock: SimLock }> {
  const { desk, device } = await openModem(terminal, input);
  return { desk, device, lock: await desk.modem.simLock({ deviceId: device.deviceId }) };
}

/** From its option, its variable, or asked for without an echo. @throws LebError SIM_PIN_REQUIRED, SIM_PUK_REQUIRED; UsageError */
async function readCode(terminal: Terminal, { option }: Input, name: CodeName, { attempts }: SimLock): Promise<string> {
  const { words } = terminal;
  const { variable, fits } = codes[name];
  const given = option(name) ?? process.env[variable] ?? '';
  const code = given === '' ? await ask(terminal, words.say(`ask.${name}`), false) : given;
  if (code === '') {
    if (name === 'puk') throw new LebError('SIM_PUK_REQUIRED', { attemptsLeft: attempts.puk, option: '--puk' });
    throw new LebError('SIM_PIN_REQUIRED', { attemptsLeft: attempts.pin, option: `--${codes[name].option}` });
  }
  if (!fits.test(code)) throw new UsageError(words.say(name === 'puk' ? 'usage.puk' : 'usage.pin'));
  return code;
}

/** A code that may be the last one is sent only if the person has said so twice: by giving it, and by an option or a yes. */
async function tell(terminal: Terminal, { flag }: Input, desk: Desk, { deviceId }: Device, call: LockCall): Promise<SimLock> {
  const { words } = terminal;
  const confirmLastAttempt = flag('lastAttempt');
  try {
    return await call(desk, { deviceId, confirmLastAttempt });
  } catch (error) {
    const { code, details } = toTableError(error);
    if (code !== 'SIM_LAST_ATTEMPT') throw error;
    const { sentence } = words.error(code, details);
    const agreed = canAsk() && (await askYes((text) => ask(terminal, text, true), words, `${sentence} ${words.say('ask.lastAttempt')}`));
    if (!agreed) throw new LebError(code, { ...details, option: '--last-attempt' }, { cause: error });
    return call(desk, { deviceId, confirmLastAttempt: true });
  }
}

function outcome(words: Words, { deviceId }: Device, lock: SimLock, done: string): Outcome {
  return { data: { deviceId, ...lock }, text: [done, describeAttempts(words, lock)].join('\n') };
}

/** How often PIN and PUK may still be given wrongly. */
export function describeAttempts(words: Words, { attempts }: SimLock): string {
  const known = (['pin', 'puk'] as const).flatMap((code) => {
    const count = attempts[code];
    return count === null ? [] : [words.say('value.attempts', { code: code.toUpperCase(), count })];
  });
  return known.length === 0 ? words.say('value.attemptsUnknown') : formatList(words, known);
}
