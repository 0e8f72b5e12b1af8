import { isDeviceError } from '../../errors.ts';
import type { MemoryResetOptions } from '../euicc.ts';
import { encodeBitString } from '../tlv/bit-string.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, checkResult } from './es10-function.ts';

const name = 'eUICCMemoryReset';
const nothingToDelete = 1;

/** ES10c.eUICCMemoryReset (SGP.22 v2.5 §5.7.19). False where there was nothing to delete. */
export const euiccMemoryReset: Es10Function<MemoryResetOptions, boolean> = {
  name,
  encode: ({ operationalProfiles, testProfiles, defaultSmdpAddress }) => {
    const chosen = [operationalProfiles, testProfiles, defaultSmdpAddress].flatMap((wanted, bit) => (wanted ? [bit] : []));
    if (chosen.length === 0) throw new RangeError('a memory reset of nothing');
    return encodeTlv(0xbf34, encodeTlv(0x82, encodeBitString(chosen)));
  },
  decode: (response) => {
    try {
      checkResult(response, 0xbf34, name, { 5: 'CAT_BUSY' });
      return true;
    } catch (error) {
      if (isDeviceError(error) && error.details['result'] === nothingToDelete) return false;
      throw error;
    }
  },
};
