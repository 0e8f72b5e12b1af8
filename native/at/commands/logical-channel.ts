import { DeviceError } from '../../errors.ts';
import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { afterPrefix, splitFields } from '../line-fields.ts';
import { readCardAnswer } from './card-answer.ts';

/**
 * Opens a logical channel to an application on the card. The answer is a handle whose meaning belongs to the modem: some count channels,
 * Sierra gives 32 bits in hexadecimal with leading zeros, some leave out the name in front. It is sent back as it came.
 */
export const openLogicalChannelCommand: AtCommand<{ readonly aid: string }, string> = {
  name: '+CCHO',
  specification: '3GPP TS 27.007 §8.45',
  encode({ aid }) {
    if (!/^(?:[0-9A-F]{2}){5,16}$/.test(aid))
      throw new DeviceError('AT_ERROR', { command: 'AT+CCHO', result: 'not sent', reason: 'no AID' });
    return `AT+CCHO="${aid}"`;
  },
  decode(lines) {
    for (const line of lines) {
      const named = afterPrefix(line, '+CCHO');
      const handle = named === null ? line : (splitFields(named)[0] ?? '');
      if (named === null ? /^\d{1,10}$/.test(handle) : /^(?:0x)?[0-9A-Fa-f]{1,10}$/.test(handle)) return handle;
    }
    throw answerError('+CCHO', lines);
  },
};

/** One APDU through an open channel. The length counts hexadecimal digits, in the command and in the answer. */
export const logicalChannelAccessCommand: AtCommand<{ readonly session: string; readonly apdu: Uint8Array }, Uint8Array> = {
  name: '+CGLA',
  specification: '3GPP TS 27.007 §8.43',
  encode: ({ session, apdu }) => `AT+CGLA=${session},${apdu.length * 2},"${Buffer.from(apdu).toString('hex').toUpperCase()}"`,
  decode: (lines) => readCardAnswer('+CGLA', lines),
};

export const closeLogicalChannelCommand: AtCommand<{ readonly session: string }, void> = {
  name: '+CCHC',
  specification: '3GPP TS 27.007 §8.46',
  encode: ({ session }) => `AT+CCHC=${session}`,
  decode: () => undefined,
};
