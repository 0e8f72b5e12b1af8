import type { CardControls } from './euicc/card-slot.ts';
import { UsageError } from './usage-error.ts';

/** `--fault`: what goes wrong, separated by commas. */
export type Fault =
  | { readonly kind: 'removeAt'; readonly apdu: number; readonly moment: 'before' | 'after' }
  | { readonly kind: 'catBusy' };

export const knownFaults = 'remove-at=N (the N-th APDU does not reach the card), remove-at=N:after (its answer is lost), cat-busy';

/** `remove-at=7`, `remove-at=7:after`, `cat-busy`. @throws UsageError that names what it does not know */
export function parseFaults(text: string): readonly Fault[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .map((part): Fault => {
      if (part === 'cat-busy') return { kind: 'catBusy' };
      const removal = /^remove-at=([1-9]\d{0,5})(:after)?$/.exec(part);
      if (removal === null) throw new UsageError(`Unknown fault "${part}". Known: ${knownFaults}.`);
      return { kind: 'removeAt', apdu: Number(removal[1]), moment: removal[2] === undefined ? 'before' : 'after' };
    });
}

export function applyFaults(faults: readonly Fault[], card: CardControls): void {
  for (const fault of faults) {
    if (fault.kind === 'catBusy') card.setCatBusy(true);
    else card.removeAt(fault.apdu, fault.moment);
  }
}

/** What a line on standard input can do to the card. */
export function cardOrders(card: CardControls): Readonly<Record<string, () => void>> {
  return {
    insert: () => card.insert(),
    remove: () => card.remove(),
    'cat-busy': () => card.setCatBusy(true),
    'cat-idle': () => card.setCatBusy(false),
  };
}
