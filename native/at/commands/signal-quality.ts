import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { fieldsOf, wholeNumber } from '../line-fields.ts';

/** Received signal strength in dBm, null where the modem does not know it (99) or has none of this scale. */
export const signalQualityCommand: AtCommand<void, number | null> = {
  name: '+CSQ',
  specification: '3GPP TS 27.007 §8.5',
  encode: () => 'AT+CSQ',
  decode(lines) {
    const fields = fieldsOf(lines, '+CSQ');
    if (fields === null) throw answerError('+CSQ', lines);
    const value = wholeNumber(fields[0]);
    // 0 is −113 dBm or less, each step 2 dB, 31 is −51 dBm or more; an empty answer means unknown on some firmwares.
    return value === null || value > 31 ? null : -113 + 2 * value;
  },
};
