import { decodeText } from '../tlv/text.ts';
import { findChild } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, readAnswer } from './es10-function.ts';

const name = 'GetEuiccConfiguredAddresses';

export type ConfiguredAddresses = {
  readonly defaultSmdpAddress: string | null;
  /** Empty where the card names none. */
  readonly rootSmdsAddress: string;
};

/** ES10a.GetEuiccConfiguredAddresses (SGP.22 v2.5 §5.7.3). */
export const getEuiccConfiguredAddresses: Es10Function<void, ConfiguredAddresses> = {
  name,
  encode: () => encodeTlv(0xbf3c),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf3c, name);
    const defaultSmdp = findChild(answer, 0x80);
    const rootSmds = findChild(answer, 0x81);
    return {
      defaultSmdpAddress: (defaultSmdp && decodeText(defaultSmdp.value)) || null,
      rootSmdsAddress: rootSmds === undefined ? '' : decodeText(rootSmds.value),
    };
  },
};
