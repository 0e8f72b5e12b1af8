import type { ProfileSelector } from '../euicc.ts';
import { encodeInteger } from '../tlv/integer.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, checkResult, encodeSelector } from './es10-function.ts';

const name = 'EnableProfile';

export type SwitchArguments = { readonly profile: ProfileSelector; readonly refreshFlag: boolean };
export type EnableArguments = SwitchArguments & { readonly targetPort?: number };

/**
 * ES10c.EnableProfile (SGP.22 v2.5 §5.7.16). With the refresh flag the card makes the terminal re-read it; without, the terminal has to.
 * The target port is a field of v3 that only a card in the mode MEP-A1 knows (SGP.22 v3 §5.7.16).
 */
export const enableProfile: Es10Function<EnableArguments, void> = {
  name,
  encode: ({ profile, refreshFlag, targetPort }) =>
    encodeTlv(
      0xbf31,
      encodeTlv(0xa0, encodeSelector(profile)),
      encodeTlv(0x81, Uint8Array.of(refreshFlag ? 0xff : 0)),
      ...(targetPort === undefined ? [] : [encodeTlv(0x82, encodeInteger(targetPort))]),
    ),
  decode: (response) =>
    checkResult(response, 0xbf31, name, {
      1: 'PROFILE_NOT_FOUND',
      2: 'PROFILE_NOT_DISABLED',
      3: 'PROFILE_POLICY',
      4: 'PROFILE_WRONG_REENABLING',
      5: 'CAT_BUSY',
    }),
};
