import type { ReaderSnapshot } from '../card-transport.ts';
import { type PcscClient, scard } from './pcsc-client.ts';
import type { ListedReader } from './pcsc-worker.ts';

/** One reader as people see it, or null where PC/SC lists it but does not know it any more. A card that we hold ourselves counts as present. */
export function readerSnapshot(reader: ListedReader, ours: boolean): ReaderSnapshot | null {
  const has = (flag: number): boolean => (reader.state & flag) !== 0;
  if (has(scard.stateUnknown) || has(scard.stateUnavailable)) return null;
  if (!has(scard.statePresent)) return { name: reader.name, card: 'empty', atr: null };
  if (has(scard.stateMute)) return { name: reader.name, card: 'mute', atr: null };
  return { name: reader.name, card: has(scard.stateExclusive) && !ours ? 'held' : 'present', atr: reader.atr };
}

/** Insertions and removals so far, as PC/SC counts them in the upper half of the state. */
export function eventCount(state: number): number {
  return (state >>> 16) & 0xffff;
}

export type CardFact = 'here' | 'removed' | 'mute' | 'readerGone' | 'serviceDown';

/**
 * What has become of a card that was inserted as event number `insertedAs`: the same card, not one that lies there since.
 * It asks in a context of its own, because the one of a running command is busy with it. Never throws.
 */
export async function lookAtCard(client: PcscClient, readerName: string, insertedAs: number): Promise<CardFact> {
  let context: number | null = null;
  try {
    context = await client.call('openContext', []);
    const readers = await client.call('listReaders', [context]);
    const reader = readers.find(({ name }) => name === readerName);
    const snapshot = reader === undefined ? null : readerSnapshot(reader, true);
    if (reader === undefined || snapshot === null) return 'readerGone';
    if (snapshot.card === 'empty' || eventCount(reader.state) !== insertedAs) return 'removed';
    return snapshot.card === 'mute' ? 'mute' : 'here';
  } catch {
    return 'serviceDown';
  } finally {
    if (context !== null) await client.call('closeContext', [context]).catch(() => undefined);
  }
}
