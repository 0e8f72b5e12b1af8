import type { NotificationEvent, PendingNotification } from '../euicc.ts';
import { decodeBitString } from '../tlv/bit-string.ts';
import { decodeIccid } from '../tlv/digits.ts';
import { decodeInteger } from '../tlv/integer.ts';
import { decodeText } from '../tlv/text.ts';
import { type Tlv, childrenOf, findChild } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, optionalField, readAnswer, refusal, requireChild } from './es10-function.ts';

const name = 'ListNotification';

const events: readonly NotificationEvent[] = ['install', 'enable', 'disable', 'delete'];

/** ES10b.ListNotification (SGP.22 v2.5 §5.7.9): what waits to be told to SM-DP+ servers, without the signed parts. */
export const listNotification: Es10Function<void, readonly PendingNotification[]> = {
  name,
  encode: () => encodeTlv(0xbf28),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf28, name);
    const error = findChild(answer, 0x81);
    if (error !== undefined) throw refusal(name, decodeInteger(error.value));
    return childrenOf(requireChild(answer, 0xa0, name))
      .filter(({ tag }) => tag === 0xbf2f)
      .flatMap((one) => decodeNotificationMetadata(one) ?? []);
  },
};

/**
 * NotificationMetadata `BF2F`. The ICCID is missing when an installation failed before the card knew it. Null for an event that the
 * specification does not name.
 * @throws DeviceError CARD_ANSWER
 */
export function decodeNotificationMetadata(metadata: Tlv): PendingNotification | null {
  const [bit] = decodeBitString(requireChild(metadata, 0x81, name).value);
  const event = bit === undefined ? undefined : events[bit];
  if (event === undefined) return null;
  return {
    seqNumber: decodeInteger(requireChild(metadata, 0x80, name).value),
    event,
    // Addresses with blanks in them are in the field.
    address: decodeText(requireChild(metadata, 0x0c, name).value).replaceAll(/\s+/g, ''),
    iccid: optionalField(findChild(metadata, 0x5a), decodeIccid),
  };
}
