import { functionalityCommand } from '../../at/commands/functionality.ts';
import { sortedBands } from '../../at/commands/radio/band-names.ts';
import type { Bands, BandWish, Technologies, TechnologyWish } from '../../at/commands/radio/setting-way.ts';
import { sameTechnologies } from '../../at/commands/radio/technology-sets.ts';
import { DeviceError, isDeviceError } from '../../errors.ts';
import { isRefusal } from '../refusal.ts';
import type { ServiceParts } from './modem-services.ts';
import { createSetting } from './setting.ts';

export type RadioSettings = {
  /** Null where the modem does not say. */
  readonly power: 'on' | 'airplane' | 'off' | 'other' | null;
  /** The lock of the laptop's maker holds the radio off; null where nobody knows. */
  readonly fccLocked: boolean | null;
  /** Null where the modem has no command for it, as are the bands. */
  readonly technologies: Technologies | null;
  readonly bands: Bands | null;
};

export type RadioControl = {
  read(): Promise<RadioSettings>;
  /** @throws DeviceError RADIO_LOCKED where the radio stays off, and what the modem refuses */
  setAirplaneMode(airplane: boolean): Promise<RadioSettings>;
  /** @throws DeviceError MODEM_UNSUPPORTED, and what the modem refuses */
  setTechnologies(wish: TechnologyWish): Promise<RadioSettings>;
  setBands(wish: BandWish): Promise<RadioSettings>;
};

export function createRadioControl(parts: ServiceParts): RadioControl {
  const { channel, vendor } = parts;
  const technologies = createSetting(parts, vendor.technologies);
  const bands = createSetting(parts, vendor.bands);
  /** The radio was told to go on and has stayed off. */
  let heldOff = false;

  /** Null where the modem refuses to say. */
  async function ask<Value>(line: string, decode: (lines: readonly string[]) => Value): Promise<Value | null> {
    try {
      return decode((await channel.request({ line })).lines);
    } catch (error) {
      if (isDeviceError(error) && isRefusal(error)) return null;
      throw error;
    }
  }

  async function power(): Promise<RadioSettings['power']> {
    const level = await ask(functionalityCommand.encode(), (lines) => functionalityCommand.decode(lines));
    if (level === null) return null;
    if (vendor.radioPower.airplaneLevels.includes(level)) return 'airplane';
    return level === 1 ? 'on' : level === 0 ? 'off' : 'other';
  }

  async function isLocked(now: RadioSettings['power']): Promise<boolean | null> {
    if (now === 'on') {
      heldOff = false;
      return false;
    }
    for (const way of vendor.radioLock) {
      const locked = await ask(way.line, (lines) => way.decode(lines));
      if (locked !== null) return locked;
    }
    return heldOff ? true : null;
  }

  async function read(): Promise<RadioSettings> {
    const now = await power();
    return { power: now, fccLocked: await isLocked(now), technologies: await technologies.read(), bands: await bands.read() };
  }

  return {
    read,
    async setAirplaneMode(airplane) {
      const { on, off } = vendor.radioPower;
      try {
        await channel.request({ line: `AT${airplane ? off : on}` });
      } catch (error) {
        if (airplane || !isDeviceError(error) || !['AT_ERROR', 'CME_ERROR'].includes(error.code)) throw error;
        if ((await isLocked(await power())) === true) throw new DeviceError('RADIO_LOCKED', {}, { cause: error });
        throw error;
      }
      const after = await power();
      if (!airplane && after === 'airplane') {
        // Told to go on, said OK, and still off: nothing else than the lock does that.
        heldOff = true;
        throw new DeviceError('RADIO_LOCKED');
      }
      return read();
    },
    async setTechnologies(wish) {
      await technologies.tell(
        wish,
        ({ choices }) => choices.some((set) => sameTechnologies(set, wish.allowed)),
        ({ allowed }) => sameTechnologies(allowed, wish.allowed),
      );
      return read();
    },
    async setBands(wish) {
      await bands.tell(
        wish,
        ({ supported }) => wish === null || wish.every((name) => supported.includes(name)),
        ({ enabled }) => wish === null || sortedBands(wish).join() === enabled.join(),
      );
      return read();
    },
  };
}
