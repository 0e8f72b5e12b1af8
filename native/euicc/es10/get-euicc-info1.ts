import type { EuiccInfo1 } from '../euicc.ts';
import { findChild } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, decodeKeyIds, decodeVersion, readAnswer, requireChild } from './es10-function.ts';

const name = 'GetEUICCInfo1';

/** ES10b.GetEUICCInfo, the short one (SGP.22 v2.5 §5.7.8). */
export const getEuiccInfo1: Es10Function<void, EuiccInfo1> = {
  name,
  encode: () => encodeTlv(0xbf20),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf20, name);
    return {
      svn: decodeVersion(requireChild(answer, 0x82, name).value),
      ciKeyIdsForVerification: decodeKeyIds(findChild(answer, 0xa9)),
      ciKeyIdsForSigning: decodeKeyIds(findChild(answer, 0xaa)),
    };
  },
};
