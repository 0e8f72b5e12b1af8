import { encodeText } from '../tlv/text.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, checkResult } from './es10-function.ts';

const name = 'SetDefaultDpAddress';

/** ES10a.SetDefaultDpAddress (SGP.22 v2.5 §5.7.4): an empty one removes it. */
export const setDefaultDpAddress: Es10Function<string, void> = {
  name,
  encode: (address) => encodeTlv(0xbf3f, encodeTlv(0x80, encodeText(address))),
  decode: (response) => checkResult(response, 0xbf3f, name, {}),
};
