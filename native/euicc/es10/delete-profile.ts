import type { ProfileSelector } from '../euicc.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, checkResult, encodeSelector } from './es10-function.ts';

const name = 'DeleteProfile';

/** ES10c.DeleteProfile (SGP.22 v2.5 §5.7.18): for good; the selector stands alone, without A0. */
export const deleteProfile: Es10Function<ProfileSelector, void> = {
  name,
  encode: (profile) => encodeTlv(0xbf33, encodeSelector(profile)),
  decode: (response) => checkResult(response, 0xbf33, name, { 1: 'PROFILE_NOT_FOUND', 2: 'PROFILE_NOT_DISABLED', 3: 'PROFILE_POLICY' }),
};
