import type { ProfileSelector } from '../euicc.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, checkResult, encodeSelector } from './es10-function.ts';

const name = 'EnableProfile';

export type SwitchArguments = { readonly profile: ProfileSelector; readonly refreshFlag: boolean };

/** ES10c.EnableProfile (SGP.22 v2.5 §5.7.16). With the refresh flag the card makes the terminal re-read it; without, the terminal has to. */
export const enableProfile: Es10Function<SwitchArguments, void> = {
  name,
  encode: ({ profile, refreshFlag }) =>
    encodeTlv(0xbf31, encodeTlv(0xa0, encodeSelector(profile)), encodeTlv(0x81, Uint8Array.of(refreshFlag ? 0xff : 0))),
  decode: (response) =>
    checkResult(response, 0xbf31, name, {
      1: 'PROFILE_NOT_FOUND',
      2: 'PROFILE_NOT_DISABLED',
      3: 'PROFILE_POLICY',
      4: 'PROFILE_WRONG_REENABLING',
      5: 'CAT_BUSY',
    }),
};
