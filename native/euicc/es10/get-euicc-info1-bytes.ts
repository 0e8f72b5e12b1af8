import { type Es10Function, readAnswer } from './es10-function.ts';
import { getEuiccInfo1 } from './get-euicc-info1.ts';

/** ES10b.GetEUICCInfo, the short one, as its bytes: the server gets them as they came (SGP.22 v2.5 §5.6.1). */
export const getEuiccInfo1Bytes: Es10Function<void, Uint8Array> = {
  ...getEuiccInfo1,
  decode: (response) => readAnswer(response, 0xbf20, getEuiccInfo1.name).raw,
};
