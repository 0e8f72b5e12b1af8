import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { fieldsOf, wholeNumber } from '../line-fields.ts';

/** Gives the card the PIN that it waits for; with `newPin` the first one is the PUK, and the PIN is set anew. */
export const enterPinCommand: AtCommand<{ readonly code: string; readonly newPin?: string }, void> = {
  name: '+CPIN',
  specification: '3GPP TS 27.007 §8.3',
  encode: ({ code, newPin }) => `AT+CPIN="${code}"${newPin === undefined ? '' : `,"${newPin}"`}`,
  decode: () => undefined,
};

/** Whether the card asks for its PIN after each start (facility "SC"). */
export const pinRequestCommand: AtCommand<void, boolean> = {
  name: '+CLCK',
  specification: '3GPP TS 27.007 §7.4',
  encode: () => 'AT+CLCK="SC",2',
  decode(lines) {
    const status = wholeNumber(fieldsOf(lines, '+CLCK')?.[0]);
    if (status === null || status > 1) throw answerError('+CLCK', lines);
    return status === 1;
  },
};

export const setPinRequestCommand: AtCommand<{ readonly requested: boolean; readonly pin: string }, void> = {
  name: '+CLCK',
  specification: '3GPP TS 27.007 §7.4',
  encode: ({ requested, pin }) => `AT+CLCK="SC",${requested ? 1 : 0},"${pin}"`,
  decode: () => undefined,
};

export const changePinCommand: AtCommand<{ readonly pin: string; readonly newPin: string }, void> = {
  name: '+CPWD',
  specification: '3GPP TS 27.007 §7.5',
  encode: ({ pin, newPin }) => `AT+CPWD="SC","${pin}","${newPin}"`,
  decode: () => undefined,
};
