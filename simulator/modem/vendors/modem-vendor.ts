import type { AtCommand } from '../commands/at-command.ts';
import type { BandTable } from '../radio-settings.ts';
import type { ModemTraits } from '../modem-traits.ts';

/** What a maker's modem says of itself and of its card, and the commands that it alone has. One file per vendor. */
export type ModemVendor = {
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** Lines of ATI. */
  readonly identity: readonly string[];
  readonly usb: { readonly vendorId: string; readonly productId: string; readonly interface: number };
  /** Said when it has started. */
  readonly boot: readonly string[];
  readonly card: {
    /** Said when a card has answered to power-up. */
    readonly found: readonly string[];
    /** Said when one that was in use is gone. */
    readonly lost: readonly string[];
    /** Whether it tells what +CPIN would answer, whenever that changes. */
    readonly saysPin: boolean;
  };
  /** What its radio can do. */
  readonly bands: BandTable;
  /** Beside the common ones, or instead of them. */
  readonly commands: readonly AtCommand[];
  /** Common commands that it does not have. */
  readonly lacks: readonly string[];
  /** The `<fun>` of +CFUN that restarts it, beside `1,1`. */
  readonly restartLevel: number | null;
  /** What it may talk of at any time. */
  readonly chatter: readonly string[];
  /** Where it differs from the ordinary. */
  readonly traits: Partial<ModemTraits>;
};
