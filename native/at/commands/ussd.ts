import type { AtCommand } from '../command.ts';
import { fieldsOf, afterPrefix, splitFields, wholeNumber } from '../line-fields.ts';

/** `<m>` in the order of its numbers. */
const states = ['done', 'answerExpected', 'ended', 'otherClient', 'notSupported', 'timeout'] as const;
export type UssdState = (typeof states)[number];

/** As it came: the text is in the character set of the modem. */
export type UssdNews = { readonly state: UssdState; readonly text: string; readonly dataCoding: number | null };

/** A code or an answer, in the character set of the modem, as default alphabet (the 15 of TS 23.038 §5). */
export const sendUssdCommand: AtCommand<string, void> = {
  name: '+CUSD',
  specification: '3GPP TS 27.007 §7.15',
  encode: (text) => `AT+CUSD=1,"${text}",15`,
  decode: () => undefined,
};

export const cancelUssdCommand: AtCommand<void, void> = {
  name: '+CUSD',
  specification: '3GPP TS 27.007 §7.15',
  encode: () => 'AT+CUSD=2',
  decode: () => undefined,
};

/** The character set that texts come and go in. */
export const characterSetCommand: AtCommand<void, string | null> = {
  name: '+CSCS?',
  specification: '3GPP TS 27.007 §5.5',
  encode: () => 'AT+CSCS?',
  decode: (lines) => fieldsOf(lines, '+CSCS')?.[0]?.toUpperCase() ?? null,
};

/** What the network says. `lines`: the first one and those that its text goes on over. */
export function decodeUssdNews(lines: readonly string[]): UssdNews | null {
  const rest = afterPrefix(lines.join('\n'), '+CUSD');
  if (rest === null) return null;
  const [state, text = '', dataCoding] = splitFields(rest);
  const known = states[wholeNumber(state) ?? -1];
  return known === undefined ? null : { state: known, text, dataCoding: wholeNumber(dataCoding) };
}
