import { join } from 'node:path';
import type { Pki } from '../pki/load-pki.ts';
import type { SampleProfile } from '../sample.ts';
import { makeCardProfiles } from '../sample.ts';
import { UsageError } from '../usage-error.ts';
import type { ChipKind } from './chip-kind.ts';
import { parseChipKind } from './chip-kind.ts';
import type { CardSlot } from './card-slot.ts';
import { makeCardSlot } from './card-slot.ts';
import type { NewChip } from './chip-state.ts';
import { makeChipState } from './chip-state.ts';
import type { ChipStore } from './chip-store.ts';
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
  /** Of a new chip, an ordinary one where it is left out; an old one stays what it is. */
  readonly kind?: ChipKind;
  /** Instead of the one of its kind. */
  readonly protocol?: 'T=0' | 'T=1';
  /** Asked when the chip needs its key for the first time; without it, the certificates of this process. */
  readonly pki?: () => Pki;
};

/** Chips are numbered by serial; that of a second secure element is so much higher. */
const secondElement = 5000;

/**
 * A slot with a chip in it.
 * @throws UsageError where another kind is wanted than that of the chip in the folder; Error where the folder cannot be used
 */
export function makeChipSlot({ stateDir, profiles, serial, kind, protocol, pki, ...options }: ChipSlotOptions): CardSlot {
  const wanted = kind ?? parseChipKind('normal');
  const eid = options.eid ?? makeEid(serial);
  const store = openStore(stateDir, { eid, profiles, kind: wanted });
  const present = parseChipKind(store.load().kind);
  if (kind !== undefined && kind.text !== present.text) throw new UsageError(`The chip in this folder is of the kind "${present.text}".`);
  const secondSerial = serial + secondElement;
  const second: NewChip = { eid: makeEid(secondSerial), profiles: makeCardProfiles(secondSerial), kind: present };
  const secondStore =
    present.isdrAids.length < 2 ? undefined : openStore(stateDir === null ? null : join(stateDir, 'second-element'), second);
  return makeCardSlot(
    makeVirtualCard({
      store,
      ...(secondStore === undefined ? {} : { secondStore }),
      ...(protocol === undefined ? {} : { protocol }),
      ...(pki === undefined ? {} : { pki }),
    }),
  );
}

function openStore(stateDir: string | null, chip: NewChip): ChipStore {
  const initial = makeChipState(chip);
  return stateDir === null ? memoryChipStore(initial) : folderChipStore(stateDir, initial);
}
