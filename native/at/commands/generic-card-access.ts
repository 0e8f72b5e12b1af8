import type { AtCommand } from '../command.ts';
import { readCardAnswer } from './card-answer.ts';

/** One APDU to the card as it is, on whatever channel its class byte names; the modem itself uses the basic one. */
export const genericCardAccessCommand: AtCommand<Uint8Array, Uint8Array> = {
  name: '+CSIM',
  specification: '3GPP TS 27.007 §8.17',
  encode: (apdu) => `AT+CSIM=${apdu.length * 2},"${Buffer.from(apdu).toString('hex').toUpperCase()}"`,
  decode: (lines) => readCardAnswer('+CSIM', lines),
};
