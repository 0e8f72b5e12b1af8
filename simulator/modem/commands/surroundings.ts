import { numberOf } from '../radio-world.ts';
import type { AtCommand } from './at-command.ts';
import { assertCard, identityOf } from './sim.ts';

/** What the modem knows of the line and of the time (3GPP TS 27.007 §7.1, §8.15). */
export const surroundingCommands: readonly AtCommand[] = [
  {
    name: '+CNUM',
    execute(modem) {
      assertCard(modem);
      const number = numberOf(identityOf(modem).imsi);
      return number === null ? [] : [`+CNUM: "",${JSON.stringify(number)},145`];
    },
    test: () => [],
  },
  {
    name: '+CCLK',
    // Known once a network has told it: an hour ahead of UTC, four quarters.
    read: ({ state }) => [`+CCLK: "${state.network === null ? '80/01/06,00:00:00+00' : localTime(new Date(), 4)}"`],
    test: () => [],
  },
];

function localTime(now: Date, quarters: number): string {
  const local = new Date(now.getTime() + quarters * 15 * 60_000).toISOString();
  return `${local.slice(2, 10).replaceAll('-', '/')},${local.slice(11, 19)}+${String(quarters).padStart(2, '0')}`;
}
