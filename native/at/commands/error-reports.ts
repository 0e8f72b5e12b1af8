import type { AtCommand } from '../command.ts';

/** Errors as numbers (1): the words of level 2 differ between vendors. */
export const errorReportsCommand: AtCommand<void, void> = {
  name: '+CMEE',
  specification: '3GPP TS 27.007 §9.1',
  encode: () => 'AT+CMEE=1',
  decode: () => undefined,
};
