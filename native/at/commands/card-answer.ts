import { answerError } from '../answer-error.ts';
import { afterPrefix, splitFields } from '../line-fields.ts';

/**
 * What a card answered to an APDU that went through the modem: `<length>,"<hex>"`, the length in hexadecimal digits (3GPP TS 27.007 §8.17, §8.43).
 * Some leave out the quotes or write small letters. An answer whose length is not what it says has lost or gained something on the way:
 * it must not be taken for the card's.
 * @throws DeviceError AT_ANSWER
 */
export function readCardAnswer(command: '+CGLA' | '+CSIM', lines: readonly string[]): Uint8Array {
  for (const line of lines) {
    const rest = afterPrefix(line, command);
    if (rest === null) continue;
    const [length, answer] = splitFields(rest);
    if (answer === undefined || !/^(?:[0-9A-Fa-f]{2}){2,}$/.test(answer) || length !== String(answer.length)) break;
    return Uint8Array.from(Buffer.from(answer, 'hex'));
  }
  throw answerError(command, lines);
}
