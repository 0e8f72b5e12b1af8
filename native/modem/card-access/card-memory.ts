import type { ModemVendor } from '../vendors/vendor.ts';
import type { CardWayName } from './card-way.ts';

/** What a modem session knows of its card and of the ways to it beyond one access. */
export type CardMemory = {
  /** The way on which the card has answered, in this session or, where it is not `proven`, in an earlier one. */
  way: CardWayName | null;
  proven: boolean;
  /** The channel bits that the modem wants in the class byte; the other value is tried where the card answers 6881. */
  classBits: 0 | 1;
  /** The longest block that has passed. */
  maxBlock: number;
  /** Applications that were opened at least once: when one of them cannot be opened, it is not because the card lacks it. */
  readonly applications: Set<string>;
  /** Applications whose session could not be closed, with that session. Sessions of others are never touched. */
  readonly leftOpen: Map<string, string>;
};

export function createCardMemory({ classBits, maxBlock }: ModemVendor, way: CardWayName | null): CardMemory {
  return { way, proven: false, classBits, maxBlock, applications: new Set(), leftOpen: new Map() };
}

/** Another card may be put in: what was open on this one, and what it has, says nothing of that. */
export function forgetCard({ applications, leftOpen }: CardMemory): void {
  applications.clear();
  leftOpen.clear();
}
