import type { AtCommand } from '../command.ts';
import { answerError } from '../answer-error.ts';
import { fieldsOf, wholeNumber } from '../line-fields.ts';

/**
 * Sends one PDU, which is written after the prompt. The argument is the length of the TPDU in octets, without the service centre; the answer is
 * the reference under which a report comes.
 */
export const sendMessageCommand: AtCommand<number, number> = {
  name: '+CMGS',
  specification: '3GPP TS 27.005 §3.5.1',
  encode: (tpduLength) => `AT+CMGS=${tpduLength}`,
  decode(lines) {
    const reference = wholeNumber(fieldsOf(lines, '+CMGS')?.[0]);
    if (reference === null || reference > 255) throw answerError('+CMGS', lines);
    return reference;
  },
};
