import type { SlotWay } from '#native/at/commands/card-slots.ts';
import type { CountersWay } from '#native/at/commands/data-counters.ts';
import type { IccidVariant } from '#native/at/commands/iccid.ts';
import type { PinAttemptsVariant } from '#native/at/commands/pin-attempts.ts';
import type { RadioCellsWay } from '#native/at/commands/radio-cells.ts';
import type { RadioLockWay } from '#native/at/commands/radio-lock.ts';
import type { BandWay, TechnologyWay } from '#native/at/commands/radio/setting-way.ts';
import type { TemperatureWay } from '#native/at/commands/temperature.ts';
import type { AccessTechnology, ModemIdentity } from '../modem.ts';

/** A command without its `AT`. */
export type ModemCommand = `${'+' | '^' | '!' | '#' | '%' | '&'}${string}`;

/** What differs between manufacturers, as data. One file per vendor; whatever a vendor does like everybody else is taken from `generic.ts`. */
export type ModemVendor = {
  readonly name: string;
  matches(identity: ModemIdentity): boolean;
  /** Ways to the card's number, the likeliest first; `file` reads it from the card (+CRSM). */
  readonly iccid: readonly (IccidVariant | 'file')[];
  /** Ways to the number of attempts that the PIN and the PUK have left, the likeliest first. */
  readonly pinAttempts: readonly PinAttemptsVariant[];
  /** Ways to the cells that the modem hears; the standard has none. */
  readonly cells: readonly RadioCellsWay[];
  /** Ways to the technologies and the bands that the modem may use; the standard has one for technologies. */
  readonly technologies: readonly TechnologyWay[];
  readonly bands: readonly BandWay[];
  /** Ways to the places for a card, where the maker builds modems with several. */
  readonly slots: readonly SlotWay[];
  readonly temperature: readonly TemperatureWay[];
  readonly counters: readonly CountersWay[];
  /** What turns the radio on and off, and the levels of `+CFUN` at which it is off while the rest of the modem works. */
  readonly radioPower: { readonly on: ModemCommand; readonly off: ModemCommand; readonly airplaneLevels: readonly number[] };
  /** Ways to ask for the lock of the laptop's maker. */
  readonly radioLock: readonly RadioLockWay[];
  /** Largest STORE DATA block that passes through +CGLA, in bytes. */
  readonly maxBlock: number;
  /**
   * Channel bits of the class byte in +CGLA. Most modems put in the channel themselves and want 0; where a card answers 6881 the other value is
   * tried.
   */
  readonly classBits: 0 | 1;
  /** Models that speak 5G and so have +C5GREG. */
  readonly fiveG: RegExp | null;
  /** `<AcT>` numbers that this vendor uses differently from 3GPP TS 27.007 §7.2. */
  readonly accessTechnologies: Readonly<Record<number, AccessTechnology>>;
  /** How a modem is made to look at its card again, what helps most often first. */
  readonly refresh: readonly ('radioOffOn' | 'cardOffOn')[];
  /** `oneLine`: the port closes as soon as the card is off, so that the rest of the line must bring it back. */
  readonly cardOffOn: 'twoLines' | 'oneLine';
  /** Commands for the power of the card alone, or that make the modem believe that it was taken out and put in; without their `AT`. */
  readonly cardPower: { readonly off: string; readonly on: readonly string[] } | null;
  /** The command that starts the modem anew. */
  readonly restart: ModemCommand;
  /** What puts the settings back to the maker's, in this order; a restart follows. */
  readonly factoryReset: readonly ModemCommand[];
};
