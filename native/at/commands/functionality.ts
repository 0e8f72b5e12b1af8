import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { fieldsOf, wholeNumber } from '../line-fields.ts';

/** 0 minimum (the card is switched off too), 1 full, 4 radio off. */
export const setFunctionalityCommand: AtCommand<0 | 1 | 4, void> = {
  name: '+CFUN',
  specification: '3GPP TS 27.007 §8.2',
  encode: (level) => `AT+CFUN=${level}`,
  decode: () => undefined,
};

/** The present level; vendors have more of them than the standard. */
export const functionalityCommand: AtCommand<void, number> = {
  name: '+CFUN?',
  specification: '3GPP TS 27.007 §8.2',
  encode: () => 'AT+CFUN?',
  decode(lines) {
    const level = wholeNumber(fieldsOf(lines, '+CFUN')?.[0]);
    if (level === null) throw answerError('+CFUN', lines);
    return level;
  },
};
