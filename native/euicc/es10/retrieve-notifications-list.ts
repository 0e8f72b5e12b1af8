import type { PendingNotification, SignedNotification } from '../euicc.ts';
import { decodeInteger, encodeInteger } from '../tlv/integer.ts';
import { type Tlv, childrenOf, findChild } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, readAnswer, refusal, requireChild } from './es10-function.ts';
import { decodeNotificationMetadata } from './list-notification.ts';

const name = 'RetrieveNotificationsList';
const noResultAvailable = 1;

/**
 * ES10b.RetrieveNotificationsList (SGP.22 v2.5 §5.7.10): the pending notifications with their signatures, all of them or the one with
 * this number, in ascending order.
 */
export const retrieveNotificationsList: Es10Function<number | null, readonly SignedNotification[]> = {
  name,
  encode: (seqNumber) =>
    seqNumber === null ? encodeTlv(0xbf2b) : encodeTlv(0xbf2b, encodeTlv(0xa0, encodeTlv(0x80, encodeInteger(seqNumber)))),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf2b, name);
    const error = findChild(answer, 0x81);
    if (error !== undefined) {
      const result = decodeInteger(error.value);
      if (result === noResultAvailable) return [];
      throw refusal(name, result);
    }
    return childrenOf(requireChild(answer, 0xa0, name))
      .flatMap((one) => decodeSigned(one) ?? [])
      .toSorted((one, other) => one.seqNumber - other.seqNumber);
  },
};

/** `BF37 { BF27 { BF2F } }` or `30 { BF2F }`; null for anything else, and for an event without a name. */
function decodeSigned(one: Tlv): SignedNotification | null {
  const metadata = readMetadata(one);
  return metadata === null ? null : { ...metadata, bytes: one.raw };
}

function readMetadata(one: Tlv): PendingNotification | null {
  if (one.tag === 0xbf37) return decodeNotificationMetadata(requireChild(requireChild(one, 0xbf27, name), 0xbf2f, name));
  if (one.tag === 0x30) return decodeNotificationMetadata(requireChild(one, 0xbf2f, name));
  return null;
}
