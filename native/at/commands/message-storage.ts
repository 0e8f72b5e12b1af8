import type { AtCommand } from '../command.ts';
import { answerError } from '../answer-error.ts';
import { afterPrefix, splitFields, wholeNumber } from '../line-fields.ts';

/** `<stat>` in PDU mode, in the order of its numbers (3GPP TS 27.005 §3.1). */
const states = ['unread', 'read', 'unsent', 'sent'] as const;
export type StoredState = (typeof states)[number];

/** One PDU and where it lies. */
export type ListedMessage = { readonly index: number; readonly state: StoredState; readonly pdu: string };

/** Everything in the chosen storage, in PDU mode. */
export const listMessagesCommand: AtCommand<void, readonly ListedMessage[]> = {
  name: '+CMGL',
  specification: '3GPP TS 27.005 §3.4.2',
  encode: () => 'AT+CMGL=4',
  decode: (lines) =>
    lines.flatMap((line, position) => {
      const [index, state] = splitFields(afterPrefix(line, '+CMGL') ?? '').map(wholeNumber);
      const pdu = pduAfter(lines, position);
      const known = typeof state === 'number' ? states[state] : undefined;
      return typeof index !== 'number' || known === undefined || pdu === null ? [] : [{ index, state: known, pdu }];
    }),
};

/** One message of the chosen storage; null where the place is empty. */
export const readMessageCommand: AtCommand<number, Omit<ListedMessage, 'index'> | null> = {
  name: '+CMGR',
  specification: '3GPP TS 27.005 §3.4.3',
  encode: (index) => `AT+CMGR=${index}`,
  decode(lines) {
    for (const [position, line] of lines.entries()) {
      const rest = afterPrefix(line, '+CMGR');
      if (rest === null) continue;
      const state = states[wholeNumber(splitFields(rest)[0]) ?? -1];
      const pdu = pduAfter(lines, position);
      if (pdu === null) return null;
      if (state === undefined) throw answerError('+CMGR', lines);
      return { state, pdu };
    }
    return null;
  },
};

/** Frees a place of the chosen storage; one that is empty already is no error to most modems. */
export const deleteMessageCommand: AtCommand<number, void> = {
  name: '+CMGD',
  specification: '3GPP TS 27.005 §3.5.4',
  encode: (index) => `AT+CMGD=${index}`,
  decode: () => undefined,
};

/** The line behind a header, where it is a PDU. */
function pduAfter(lines: readonly string[], position: number): string | null {
  const next = lines[position + 1];
  return next !== undefined && /^[0-9A-F]+$/i.test(next) ? next.toUpperCase() : null;
}
