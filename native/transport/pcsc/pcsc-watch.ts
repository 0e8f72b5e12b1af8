import { setTimeout as delay } from 'node:timers/promises';
import type { CardTransportState, ReaderSnapshot } from '../card-transport.ts';
import { type PcscClient, pcscClient, scard } from './pcsc-client.ts';
import { eventCount, readerSnapshot } from './pcsc-state.ts';

/** The wait for a change is renewed this often: some systems do not announce new readers, and a cancel can come too early to be noticed. */
const waitMs = 1_000;
const serviceRetryMs = 1_000;
/** The pretended reader whose state changes when a reader comes or goes (SCardGetStatusChange). */
const readerListWatcher = '\\\\?PnP?\\Notification';

/** What was told last, and the event counts behind it. */
type Known = { readonly readers: readonly ReaderSnapshot[]; readonly counts: ReadonlyMap<string, number> };

/** The readers now and after every change; a service that goes away is looked for until it is back. */
export async function* watchReaders(ours: ReadonlySet<string>, signal: AbortSignal): AsyncGenerator<CardTransportState> {
  let client: PcscClient;
  try {
    client = await pcscClient();
  } catch {
    yield { available: false, reason: 'PCSC_MISSING' };
    await aborted(signal);
    return;
  }
  let down = false;
  while (!signal.aborted) {
    const context = await client.call('openContext', []).catch(() => null);
    if (context !== null) {
      try {
        for await (const { readers } of watchContext(client, context, ours, signal)) {
          down = false;
          yield { available: true, readers };
        }
      } catch {
        // The service went away under us.
      } finally {
        await client.call('closeContext', [context]).catch(() => undefined);
      }
    }
    if (signal.aborted) return;
    if (!down) yield { available: false, reason: 'PCSC_SERVICE_DOWN' };
    down = true;
    await delay(serviceRetryMs, undefined, { signal }).catch(() => undefined);
  }
}

/** States that differ from the one before, until the signal aborts. @throws what PC/SC throws when the service goes away */
async function* watchContext(client: PcscClient, context: number, ours: ReadonlySet<string>, signal: AbortSignal): AsyncGenerator<Known> {
  let known: Known | null = null;
  const cancel = (): void => {
    client.call('cancel', [context]).catch(() => undefined);
  };
  signal.addEventListener('abort', cancel);
  try {
    while (!signal.aborted) {
      const listed = await client.call('listReaders', [context]);
      const next: Known = {
        readers: listed.flatMap((reader) => readerSnapshot(reader, ours.has(reader.name)) ?? []),
        counts: new Map(listed.map(({ name, state }) => [name, eventCount(state)])),
      };
      const between: Known | null = known === null ? null : momentWithoutCard(known, next);
      if (between !== null) yield between;
      if (known === null || between !== null || readersKey(known.readers) !== readersKey(next.readers)) yield next;
      known = next;
      const states = listed.map(({ name, state }) => ({ name, state: state & ~scard.stateChanged }));
      await client.call('waitForChange', [context, [...states, { name: readerListWatcher, state: listed.length * 0x1_0000 }], waitMs]);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/**
 * A card that was pulled out and put back (or exchanged) between two looks has the same state as before and only a higher count:
 * the moment without a card is told after all.
 */
function momentWithoutCard(known: Known, next: Known): Known | null {
  const before = new Map(known.readers.map((reader) => [reader.name, reader]));
  const exchanged = ({ name, card }: ReaderSnapshot): boolean =>
    card !== 'empty' && (before.get(name)?.card ?? 'empty') !== 'empty' && known.counts.get(name) !== next.counts.get(name);
  if (!next.readers.some(exchanged)) return null;
  return { ...next, readers: next.readers.map((reader) => (exchanged(reader) ? { ...reader, card: 'empty', atr: null } : reader)) };
}

function readersKey(readers: readonly ReaderSnapshot[]): string {
  return JSON.stringify(readers.map(({ name, card, atr }) => [name, card, atr === null ? null : [...atr]]));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
