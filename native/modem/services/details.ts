import type { CardSlots } from '../../at/commands/card-slots.ts';
import { clockCommand, type ModemTime } from '../../at/commands/clock.ts';
import { imeiSvCommand, makersSerialNumberCommand } from '../../at/commands/identity.ts';
import { ownNumbersCommand, type OwnNumber } from '../../at/commands/own-numbers.ts';
import { askFor, askInTurn } from './ask.ts';
import type { ServiceParts } from './modem-services.ts';
import { createSetting } from './setting.ts';

/** Null where the modem does not say. */
export type ModemDetails = {
  readonly serialNumber: string | null;
  readonly imeiSv: string | null; // 16 digits
  readonly ownNumbers: readonly OwnNumber[];
  readonly slots: CardSlots | null;
  readonly clock: ModemTime | null;
  readonly temperature: number | null; // °C
};

export type DetailsReader = {
  read(): Promise<ModemDetails>;
  /** Has the modem use the card in another slot. @throws DeviceError MODEM_UNSUPPORTED, and what the modem refuses */
  selectSlot(slot: number): Promise<ModemDetails>;
};

export function createDetailsReader(parts: ServiceParts): DetailsReader {
  const { channel, vendor, imei } = parts;
  const slots = createSetting(parts, vendor.slots);

  async function read(): Promise<ModemDetails> {
    const told = await askFor(channel, makersSerialNumberCommand.encode(), (lines) => makersSerialNumberCommand.decode(lines));
    return {
      // Many modems answer with their IMEI, whatever they are asked for.
      serialNumber: told === imei ? null : told,
      imeiSv: await askFor(channel, imeiSvCommand.encode(), (lines) => imeiSvCommand.decode(lines)),
      ownNumbers: (await askFor(channel, ownNumbersCommand.encode(), (lines) => ownNumbersCommand.decode(lines))) ?? [],
      slots: await slots.read(),
      clock: await askFor(channel, clockCommand.encode(), (lines) => clockCommand.decode(lines)),
      temperature: await askInTurn(channel, vendor.temperature),
    };
  }

  return {
    read,
    async selectSlot(slot) {
      await slots.tell(
        slot,
        ({ count }) => slot <= count,
        ({ active }) => active === slot,
      );
      return read();
    },
  };
}
