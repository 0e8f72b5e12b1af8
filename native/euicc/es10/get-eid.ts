import { DeviceError } from '../../errors.ts';
import { bytesToHex } from '../tlv/hex.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, readAnswer, requireChild } from './es10-function.ts';

const name = 'GetEID';

/** ES10c.GetEID (SGP.22 v2.5 §5.7.20): 32 digits, not swapped. */
export const getEid: Es10Function<void, string> = {
  name,
  encode: () => encodeTlv(0xbf3e, encodeTlv(0x5c, Uint8Array.of(0x5a))),
  decode: (response) => {
    const eid = bytesToHex(requireChild(readAnswer(response, 0xbf3e, name), 0x5a, name).value);
    if (!/^\d{32}$/.test(eid)) throw new DeviceError('CARD_ANSWER', { command: name, reason: 'eid' });
    return eid;
  },
};
