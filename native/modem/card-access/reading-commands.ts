import type { CommandApdu } from '../../apdu/card-access.ts';
import type { ModemTimings } from '../timings.ts';

/** First tag of the ES10 functions that only read (SGP.22 v2.5 §5.7): EID, both infos, addresses, profiles, notifications, challenge. */
const readingTags: ReadonlySet<number> = new Set([0xbf3e, 0xbf20, 0xbf22, 0xbf3c, 0xbf2d, 0xbf28, 0xbf2b, 0xbf2e]);
const storeData = 0xe2;

/** Whether the card answers without changing anything; only the first block of a script shows it. */
export function onlyReads(command: CommandApdu): boolean {
  if (command.ins !== storeData) return true;
  const [high, low] = command.data ?? [];
  return high !== undefined && low !== undefined && command.p2 === 0 && readingTags.has((high << 8) | low);
}

/** Deadline of a command, in milliseconds: switching, deleting and installing keep some cards busy for minutes. */
export function cardDeadline(command: CommandApdu, timings: ModemTimings): number {
  return onlyReads(command) ? timings.cardMs : timings.longCardMs;
}
