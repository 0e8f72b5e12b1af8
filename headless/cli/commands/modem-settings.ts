import type { Command } from 'commander';
import type { RadioSettings, RadioTechnology } from '#contract/desk/modem.ts';
import { LebError } from '#contract/errors.ts';
import type { Input, Kit } from '../command-kit.ts';
import { modemOf } from '../find-device.ts';
import { followTask } from '../follow-task.ts';
import { openModem, slotText } from '../modem-view.ts';
import type { Desk, Outcome, Terminal } from '../terminal.ts';
import { formatList } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

/** As people write them; the window has its own names. */
const technologyNames = {
  '2g': 'gsm',
  '3g': 'utran',
  '4g': 'eutran',
  '5g': 'nr',
  'nb-iot': 'nbIot',
  'lte-m': 'ltem',
} as const satisfies Record<string, RadioTechnology>;

type Call = (desk: Desk, deviceId: string) => Promise<RadioSettings>;

/** What a modem is told that outlasts the command. */
export function addSettingCommands(kit: Kit, modem: Command): void {
  const { words } = kit;
  kit.command(modem, 'slot', '[DEVICE] [SLOT]', slot);
  kit.command(modem, 'airplane', '[DEVICE] on|off', airplane);
  kit.command(modem, 'technologies', '[DEVICE] [TECHNOLOGIES]', technologies).option('--prefer <TECHNOLOGY>', words.say('option.prefer'));
  kit.command(modem, 'bands', '[DEVICE] [BANDS]', bands);
  kit.command(modem, 'factory-reset', '[DEVICE]', factoryReset).option('--confirm <IMEI>', words.say('option.confirmImei'));
}

async function slot(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const wanted = input.given('SLOT');
  if (wanted !== null && !/^[1-4]$/u.test(wanted)) throw new UsageError(words.say('usage.slot', { value: wanted }));
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  const details =
    wanted === null ? await desk.modem.details({ deviceId }) : await desk.modem.selectSlot({ deviceId, slot: Number(wanted) });
  return { data: { deviceId, slots: details.slots }, text: slotText(words, details.slots) };
}

/** `on` or `off`. @throws UsageError */
export function readSwitch(words: Words, input: Input): boolean {
  const state = input.required('on|off');
  if (state !== 'on' && state !== 'off') throw new UsageError(words.say('usage.onOff', { value: state }));
  return state === 'on';
}

function airplane(terminal: Terminal, input: Input): Promise<Outcome> {
  const wanted = readSwitch(terminal.words, input);
  return tell(terminal, input, (desk, deviceId) => desk.modem.setAirplaneMode({ deviceId, airplane: wanted }));
}

function technologies(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const list = input.given('TECHNOLOGIES');
  const prefer = input.option('prefer');
  const preferred = prefer === null ? null : readTechnology(words, prefer);
  if (list === null && preferred === null) return tell(terminal, input, (desk, deviceId) => desk.modem.radioSettings({ deviceId }));
  const listed = list?.split(',').map((name) => readTechnology(words, name)) ?? null;
  return tell(terminal, input, async (desk, deviceId) => {
    // A preference alone leaves the technologies as they are.
    const allowed = listed ?? (await desk.modem.radioSettings({ deviceId })).technologies?.allowed ?? [];
    if (allowed.length === 0) throw new LebError('MODEM_UNSUPPORTED');
    return desk.modem.setTechnologies({ deviceId, allowed, preferred });
  });
}

function readTechnology(words: Words, text: string): RadioTechnology {
  const found = Object.entries(technologyNames).find(([name]) => name === text.trim().toLowerCase())?.[1];
  if (found === undefined)
    throw new UsageError(words.say('usage.technology', { value: text, names: Object.keys(technologyNames).join(', ') }));
  return found;
}

function bands(terminal: Terminal, input: Input): Promise<Outcome> {
  const list = input.given('BANDS');
  if (list === null) return tell(terminal, input, (desk, deviceId) => desk.modem.radioSettings({ deviceId }));
  const names = list === 'all' ? null : list.split(',').map((name) => readBand(terminal.words, name));
  return tell(terminal, input, (desk, deviceId) => desk.modem.setBands({ deviceId, bands: names }));
}

/** Letters in the way that they are shown: B3, n78, U1, GSM900. */
function readBand(words: Words, text: string): string {
  const match = /^(gsm|u|b|n)(\d{1,4})$/iu.exec(text.trim());
  const [, prefix = '', number = ''] = match ?? [];
  if (match === null) throw new UsageError(words.say('usage.band', { value: text }));
  return `${prefix.toLowerCase() === 'n' ? 'n' : prefix.toUpperCase()}${number}`;
}

/** What every one of these commands shows is how the radio is set after it. */
async function tell(terminal: Terminal, input: Input, call: Call): Promise<Outcome> {
  const { words } = terminal;
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  const after = await call(desk, deviceId);
  const { pairs } = await import('../table.ts');
  const known = after.technologies;
  const name = (technology: RadioTechnology): string => words.say(`technology.${technology}`);
  return {
    data: { deviceId, ...after },
    text: pairs([
      [words.say('field.radio'), words.say(`power.${after.power ?? 'unknown'}`)],
      ...(after.fccLocked === true ? [[words.say('field.radioLock'), words.say('value.yes')] as const] : []),
      [words.say('field.technologies'), known === null ? words.say('value.unknown') : formatList(words, known.allowed.map(name))],
      ...(known === null || known.preferred === null ? [] : [[words.say('field.preferred'), name(known.preferred)] as const]),
      [words.say('field.bands'), after.bands === null ? words.say('value.unknown') : formatList(words, after.bands.enabled)],
      ...(after.bands === null ? [] : [[words.say('field.supportedBands'), formatList(words, after.bands.supported)] as const]),
    ]),
  };
}

/** Nothing is put back unless the modem is named by its IMEI. */
async function factoryReset(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  const { imei } = modemOf(device);
  const confirmed = input.option('confirm');
  if (imei === null || confirmed !== imei) throw new LebError('IMEI_NOT_CONFIRMED', { imei, confirmed, option: '--confirm' });
  const task = await followTask(terminal, desk, () => desk.modem.factoryReset({ deviceId, imei }));
  return { data: { deviceId, modem: task.modem }, text: words.say('done.factoryReset') };
}
