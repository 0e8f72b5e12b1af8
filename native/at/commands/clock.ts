import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { networkTime } from '../explain/standard/clock/network-time.ts';
import { afterPrefix } from '../line-fields.ts';

/** `at` in milliseconds since 1970; without an offset the modem's local time is taken for UTC. */
export type ModemTime = { readonly at: number; readonly offsetMinutes: number | null };

/** A clock that nobody has set begins somewhere between 1970 and 2010. */
const earliest = Date.UTC(2015, 0, 1);
const latest = Date.UTC(2070, 0, 1);

/** Null where the clock is not set. */
export const clockCommand: AtCommand<void, ModemTime | null> = {
  name: '+CCLK?',
  specification: '3GPP TS 27.007 §8.15',
  encode: () => 'AT+CCLK?',
  decode(lines) {
    const rest = lines.map((line) => afterPrefix(line, '+CCLK')).find((text) => text !== null);
    if (rest === undefined || rest === null) throw answerError('+CCLK', lines);
    const time = networkTime(rest);
    if (time === null) return null;
    const at = Date.parse(time.offsetMinutes === null ? `${time.iso8601}Z` : time.iso8601);
    return at < earliest || at >= latest ? null : { at, offsetMinutes: time.offsetMinutes };
  },
};
