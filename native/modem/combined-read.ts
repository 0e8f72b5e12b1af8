import type { AtChannel } from '../at/channel-types.ts';
import { commandLabel } from '../at/command-line.ts';
import { finalResultError } from '../at/final-result.ts';
import type { AtPriority } from '../at/request-queue.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import { isRefusal } from './refusal.ts';

/** One way to ask for a value. */
export type ReadVariant<Value> = { readonly line: string; decode(lines: readonly string[]): Value };

/** One value that can be asked for together with others. */
export type ReadPart<Value> = {
  /** The ways to ask, the likeliest first; the one that works is kept. */
  readonly variants: readonly ReadVariant<Value>[];
  /** Given up for good when no way works; otherwise asked again the next time, from the first way on. */
  readonly optional: boolean;
  /** Looks at what is known so far: whether asking makes no sense now. */
  skip?(outcomes: ReadOutcomes): boolean;
};

export type ReadOutcome<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'error'; readonly error: DeviceError };
export type ReadOutcomes = { get<Value>(part: ReadPart<Value>): ReadOutcome<Value> | undefined };

export type CombinedReader = {
  /**
   * Asks for all parts in as few lines as the modem allows. What a modem refuses is an outcome, not an exception.
   * @throws DeviceError PORT_CLOSED, AT_TIMEOUT, DEVICE_BUSY
   */
  read(parts: readonly ReadPart<unknown>[], priority: AtPriority): Promise<ReadOutcomes>;
};

/** Long enough for the slowest of the reads, which go to the card. */
const readTimeoutMs = 20_000;

/**
 * Several read commands share a line, `AT+CREG?;+CSQ` (ITU-T V.250 §5.2.1). A modem stops at the first one that it refuses and reports one error;
 * what it answered before that counts, the first without an answer is the refused one, and the rest is asked again without it. A modem
 * that cannot take several commands at once is found out by asking the first one alone.
 */
export function createCombinedReader(channel: AtChannel): CombinedReader {
  const chosen = new Map<ReadPart<unknown>, number>();
  let combines = true;

  function variantOf(part: ReadPart<unknown>): ReadVariant<unknown> | undefined {
    return part.variants[chosen.get(part) ?? 0];
  }

  /** Whether another way remains to be tried now. */
  function tryNext(part: ReadPart<unknown>, error: DeviceError): boolean {
    if (!isRefusal(error)) return false;
    const next = (chosen.get(part) ?? 0) + 1;
    if (next < part.variants.length || part.optional) {
      chosen.set(part, next);
      return next < part.variants.length;
    }
    chosen.delete(part);
    return false;
  }

  return {
    async read(parts, priority) {
      const known = new Map<ReadPart<unknown>, ReadOutcome<unknown>>();
      const outcomes: ReadOutcomes = { get: <Value>(part: ReadPart<Value>) => known.get(part) as ReadOutcome<Value> | undefined };
      let remaining = parts.filter((part) => variantOf(part) !== undefined);
      let alone: ReadPart<unknown> | null = null;
      while (remaining.length > 0) {
        remaining = remaining.filter((part) => part.skip?.(outcomes) !== true);
        const group: readonly ReadPart<unknown>[] = alone === null && combines ? remaining : remaining.slice(0, 1);
        const first = group[0];
        if (first === undefined) break;
        const line = `AT${group.map((part) => (variantOf(part)?.line ?? '').slice(2)).join(';')}`;
        const { lines, final } = await channel.exchange({ line, priority, timeoutMs: readTimeoutMs });
        const error = finalResultError(final, commandLabel(line));
        const decoded = group.map((part) => decodeWith(variantOf(part), lines));
        const missing = decoded.findIndex((outcome) => outcome.kind === 'error');
        // With an error, what stands behind the first missing answer was never carried out.
        const counted = error === null || missing < 0 ? group.length : missing;
        for (const [index, part] of group.entries()) {
          const outcome = decoded[index];
          if (index < counted && outcome?.kind === 'value') known.set(part, outcome);
        }
        if (alone !== null && error === null) combines = false;
        remaining = remaining.filter((part) => !known.has(part));
        const wasAlone: boolean = group.length === 1;
        alone = null;
        if (missing < 0) continue;
        const failed = group[missing] ?? first;
        if (!wasAlone && (error === null || (missing === 0 && isRefusal(error)))) {
          // Either this one is refused or the modem does not take several commands on a line: asked alone it tells.
          remaining = [failed, ...remaining.filter((part) => part !== failed)];
          alone = failed;
          continue;
        }
        const reason = error ?? errorOf(decoded[missing]);
        if (!tryNext(failed, reason)) {
          known.set(failed, { kind: 'error', error: reason });
          remaining = remaining.filter((part) => part !== failed);
        }
      }
      return outcomes;
    },
  };
}

function decodeWith(variant: ReadVariant<unknown> | undefined, lines: readonly string[]): ReadOutcome<unknown> {
  try {
    return { kind: 'value', value: variant?.decode(lines) };
  } catch (error) {
    if (isDeviceError(error)) return { kind: 'error', error };
    throw error;
  }
}

function errorOf(outcome: ReadOutcome<unknown> | undefined): DeviceError {
  return outcome?.kind === 'error' ? outcome.error : new DeviceError('AT_ANSWER');
}
