import { DeviceError } from '../../errors.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, readAnswer, requireChild } from './es10-function.ts';

const name = 'GetEUICCChallenge';
const challengeLength = 16;

/** ES10b.GetEUICCChallenge (SGP.22 v2.5 §5.7.7): opens a session, and drops the one that was open. */
export const getEuiccChallenge: Es10Function<void, Uint8Array> = {
  name,
  encode: () => encodeTlv(0xbf2e),
  decode: (response) => {
    const challenge = requireChild(readAnswer(response, 0xbf2e, name), 0x80, name).value;
    if (challenge.length !== challengeLength) throw new DeviceError('CARD_ANSWER', { command: name, length: challenge.length });
    return challenge;
  },
};
