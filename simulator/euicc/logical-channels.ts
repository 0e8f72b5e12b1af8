import type { CardDirectory } from './card-files.ts';
import { StatusWordError, statusWords } from './status-word.ts';

/** What one logical channel remembers between two commands. Nothing of it survives a reset. */
export type LogicalChannel = {
  /** An ISD-R by the number of its secure element. */
  application: 'files' | 'product' | { readonly isdr: number };
  directory: CardDirectory;
  /** The current elementary file. */
  file: number | null;
  /** The rest of an answer that GET RESPONSE fetches. */
  response: Uint8Array | null;
  /** Blocks of a STORE DATA script so far. */
  script: Uint8Array[];
};

const highestChannel = 19;

/** Channels 0…19 (ETSI TS 102 221 §11.1.17); the basic one is always open. */
export type LogicalChannels = {
  /** @throws StatusWordError 6881 */
  get(number: number): LogicalChannel;
  /** Numbers of the open ones, the basic one first. */
  numbers(): readonly number[];
  /** The lowest free one, so that 1…3 come first: some terminals know no others. @throws StatusWordError 6A81 */
  open(): number;
  /** @throws StatusWordError 6A81 where it is open, 6A86 where there is none of that number */
  openNumbered(number: number): void;
  /** @throws StatusWordError 6A86 for the basic channel, 6881 where it is not open */
  close(number: number): void;
};

/** @param first the lowest that is ever free */
export function makeLogicalChannels(first = 1): LogicalChannels {
  const channels = new Map<number, LogicalChannel>([[0, makeChannel()]]);
  return {
    get(number) {
      const channel = channels.get(number);
      if (channel === undefined) throw new StatusWordError(statusWords.channelNotSupported);
      return channel;
    },
    numbers: () => [...channels.keys()],
    open() {
      for (let number = first; number <= highestChannel; number += 1) {
        if (!channels.has(number)) {
          channels.set(number, makeChannel());
          return number;
        }
      }
      throw new StatusWordError(statusWords.noFreeChannel);
    },
    openNumbered(number) {
      if (number > highestChannel) throw new StatusWordError(statusWords.wrongParameters);
      if (channels.has(number) || number < first) throw new StatusWordError(statusWords.noFreeChannel);
      channels.set(number, makeChannel());
    },
    close(number) {
      if (number === 0 || number > highestChannel) throw new StatusWordError(statusWords.wrongParameters);
      if (!channels.delete(number)) throw new StatusWordError(statusWords.channelNotSupported);
    },
  };
}

function makeChannel(): LogicalChannel {
  return { application: 'files', directory: 'mf', file: null, response: null, script: [] };
}
