import type { Pki } from '../pki/load-pki.ts';
import type { SampleProfile } from '../sample.ts';
import type { CardSlot } from './card-slot.ts';
import { makeCardSlot } from './card-slot.ts';
import { makeChipState } from './chip-state.ts';
import { folderChipStore, memoryChipStore } from './chip-store.ts';
import { makeEid } from './eid.ts';
import { makeVirtualCard } from './virtual-card.ts';

export type ChipSlotOptions = {
  /** The chip's folder, or null for a chip that is forgotten at the end. */
  readonly stateDir: string | null;
  /** What a new chip gets; an old one keeps what it has. */
  readonly profiles: readonly SampleProfile[];
  readonly serial: number;
  /** Of a new chip, instead of the one that is made from its serial number: certificates from elsewhere are for one EID. */
  readonly eid?: string;
  readonly protocol?: 'T=0' | 'T=1';
  /** Asked when the chip needs its key for the first time; without it, the certificates of this process. */
  readonly pki?: () => Pki;
};

/** A slot with a chip in it. @throws Error where the folder cannot be used, or holds something else */
export function makeChipSlot({ stateDir, profiles, serial, eid = makeEid(serial), protocol = 'T=0', pki }: ChipSlotOptions): CardSlot {
  const initial = makeChipState({ eid, profiles });
  const store = stateDir === null ? memoryChipStore(initial) : folderChipStore(stateDir, initial);
  return makeCardSlot(makeVirtualCard({ store, protocol, ...(pki === undefined ? {} : { pki }) }));
}
