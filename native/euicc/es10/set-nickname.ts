import { DeviceError } from '../../errors.ts';
import { encodeText } from '../tlv/text.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, checkResult, encodeSelector } from './es10-function.ts';

const name = 'SetNickname';
const maxNicknameBytes = 64;

/** ES10c.SetNickname (SGP.22 v2.5 §5.7.21): an empty one removes it. */
export const setNickname: Es10Function<{ readonly iccid: string; readonly nickname: string }, void> = {
  name,
  encode: ({ iccid, nickname }) => {
    const text = encodeText(nickname);
    if (text.length > maxNicknameBytes) throw new DeviceError('NICKNAME_TOO_LONG', { bytes: text.length });
    return encodeTlv(0xbf29, encodeSelector({ iccid }), encodeTlv(0x90, text));
  },
  decode: (response) => checkResult(response, 0xbf29, name, { 1: 'PROFILE_NOT_FOUND' }),
};
