import { encodeTlv } from '../tlv/tlv-writer.ts';
import type { SwitchArguments } from './enable-profile.ts';
import { type Es10Function, checkResult, encodeSelector } from './es10-function.ts';

const name = 'DisableProfile';

/** ES10c.DisableProfile (SGP.22 v2.5 §5.7.17). */
export const disableProfile: Es10Function<SwitchArguments, void> = {
  name,
  encode: ({ profile, refreshFlag }) =>
    encodeTlv(0xbf32, encodeTlv(0xa0, encodeSelector(profile)), encodeTlv(0x81, Uint8Array.of(refreshFlag ? 0xff : 0))),
  decode: (response) =>
    checkResult(response, 0xbf32, name, { 1: 'PROFILE_NOT_FOUND', 2: 'PROFILE_NOT_ENABLED', 3: 'PROFILE_POLICY', 5: 'CAT_BUSY' }),
};
