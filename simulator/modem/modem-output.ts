import type { ModemClock } from './modem-clock.ts';
import type { ModemKind } from './modem-kind.ts';

/** What the modem writes to its port. Nothing leaves a modem without power. */
export type ModemOutput = {
  /** Bytes as they are. */
  write(bytes: Uint8Array): void;
  /** Lines that belong together, between line ends of their own (ITU-T V.250 §5.7.1 with V1). */
  say(lines: string): void;
  /** The lines of an answer before its final result. */
  answer(lines: readonly string[]): void;
  setPower(on: boolean): void;
  /** One listener. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
};

/** Lengths of the pieces of a modem that parts what it writes, again and again. */
const pieceLengths = [1, 2, 7, 1, 1, 3, 16, 2];
const betweenPieces = 1; // milliseconds

export function makeModemOutput({ vendor, traits }: ModemKind, clock: ModemClock): ModemOutput {
  let listener: ((bytes: Uint8Array) => void) | null = null;
  let isOn = false;
  const unsent: Uint8Array[] = [];
  let pieces = 0;
  let remarks = 0;

  function write(bytes: Uint8Array): void {
    if (!isOn) return;
    if (!traits.splits) {
      listener?.(bytes);
      return;
    }
    const isIdle = unsent.length === 0;
    unsent.push(...part(bytes));
    if (isIdle) sendNext();
  }

  function* part(bytes: Uint8Array): Generator<Uint8Array> {
    for (let offset = 0; offset < bytes.length; pieces += 1) {
      const length = pieceLengths[pieces % pieceLengths.length] ?? 1;
      yield bytes.subarray(offset, offset + length);
      offset += length;
    }
  }

  function sendNext(): void {
    clock.after(betweenPieces, () => {
      const piece = unsent.shift();
      if (piece === undefined) return;
      listener?.(piece);
      if (unsent.length > 0) sendNext();
    });
  }

  function say(lines: string): void {
    write(Buffer.from(`\r\n${lines}\r\n`));
  }

  function remark(): void {
    say(vendor.chatter[remarks % vendor.chatter.length] ?? '');
    remarks += 1;
  }

  return {
    write,
    say,
    answer(lines) {
      if (traits.storm) {
        remark();
        for (const line of lines) {
          say(line);
          remark();
        }
      } else if (lines.length > 0) say(lines.join('\r\n'));
    },
    setPower(on) {
      isOn = on;
      unsent.length = 0;
    },
    onBytes(next) {
      listener = next;
    },
  };
}
