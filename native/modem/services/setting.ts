import { functionalityCommand } from '../../at/commands/functionality.ts';
import type { Answers, SettingWay } from '../../at/commands/radio/setting-way.ts';
import { DeviceError, isDeviceError } from '../../errors.ts';
import { isRefusal } from '../refusal.ts';
import { askFor } from './ask.ts';
import type { ServiceParts } from './modem-services.ts';

export type Setting<Value, Wish> = {
  /** Null where the modem has no command for it. @throws DeviceError PORT_CLOSED, AT_TIMEOUT */
  read(): Promise<Value | null>;
  /**
   * Brings it about and reads it back.
   * @param fits whether the modem, as it is, can do that
   * @param done whether it has done what it was told
   * @throws DeviceError MODEM_UNSUPPORTED; what the modem refuses; AT_ANSWER where it takes the order and does otherwise
   */
  tell(wish: Wish, fits: (now: Value) => boolean, done: (after: Value) => boolean): Promise<Value>;
};

/** A setting that makers have commands of their own for: the first way that the modem answers is kept. */
export function createSetting<Value, Wish>(
  { channel, vendor }: Pick<ServiceParts, 'channel' | 'vendor'>,
  ways: readonly SettingWay<Value, Wish>[],
): Setting<Value, Wish> {
  let known = ways;

  async function ask(way: SettingWay<Value, Wish>): Promise<Answers | null> {
    const answers: (readonly string[] | null)[] = [];
    for (const line of way.questions) {
      try {
        answers.push((await channel.request({ line })).lines);
      } catch (error) {
        // Some modems say nothing to a test command.
        const isSilent = isDeviceError(error) && error.code === 'AT_TIMEOUT' && line.endsWith('=?');
        if (!isDeviceError(error) || !(isSilent || isRefusal(error))) throw error;
        if (answers.length === 0) return null;
        answers.push(null);
      }
    }
    return answers;
  }

  async function find(): Promise<{ readonly way: SettingWay<Value, Wish>; readonly answers: Answers; readonly value: Value } | null> {
    for (const way of known) {
      const answers = await ask(way);
      if (answers === null) continue;
      try {
        const value = way.decode(answers);
        known = [way];
        return { way, answers, value };
      } catch (error) {
        if (!isDeviceError(error) || error.code !== 'AT_ANSWER') throw error;
      }
    }
    return null;
  }

  async function order(lines: readonly string[]): Promise<void> {
    for (const line of lines) await channel.request({ line });
  }

  /** The radio goes on again whatever becomes of the order; one that is off stays so. */
  async function withRadioOff(lines: readonly string[]): Promise<void> {
    const level = await askFor(channel, functionalityCommand.encode(), (answer) => functionalityCommand.decode(answer));
    if (level !== 1) return order(lines);
    await channel.request({ line: `AT${vendor.radioPower.off}` });
    try {
      await order(lines);
    } finally {
      await channel.request({ line: `AT${vendor.radioPower.on}` });
    }
  }

  return {
    read: async () => (await find())?.value ?? null,
    async tell(wish, fits, done) {
      const found = await find();
      const lines = found !== null && fits(found.value) ? found.way.encode(wish, found.answers) : null;
      if (found === null || lines === null) throw new DeviceError('MODEM_UNSUPPORTED', { setting: found?.way.name ?? null });
      if (found.way.radioOffMeanwhile === true) await withRadioOff(lines);
      else await order(lines);
      const after = await find();
      if (after === null || !done(after.value)) throw new DeviceError('AT_ANSWER', { command: found.way.name, reason: 'unchanged' });
      return after.value;
    },
  };
}
