import { isDeviceError } from '../../errors.ts';
import { encodeInteger } from '../tlv/integer.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, checkResult } from './es10-function.ts';

const name = 'RemoveNotificationFromList';
const nothingToDelete = 1;

/**
 * ES10b.RemoveNotificationFromList (SGP.22 v2.5 §5.7.11). One that is gone already is as good as removed, and one that the card would not
 * remove is on its list at the next reading: its server hears it once more, which harms nobody.
 */
export const removeNotificationFromList: Es10Function<number, void> = {
  name,
  encode: (seqNumber) => encodeTlv(0xbf30, encodeTlv(0x80, encodeInteger(seqNumber))),
  answerIsDispensable: true,
  decode: (response) => {
    if (response.length === 0) return;
    try {
      checkResult(response, 0xbf30, name, {});
    } catch (error) {
      if (!isDeviceError(error) || error.details['result'] !== nothingToDelete) throw error;
    }
  },
};
