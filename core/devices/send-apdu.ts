import { LebError } from '#contract/errors.ts';
import type { CardAccess } from '#native/apdu/card-access.ts';
import { decodeResponse, formatStatus } from '#native/apdu/exchange.ts';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';

/** One raw APDU, answered as the card did. @throws LebError DEVICE_UNSUITABLE where the way to the card has no such thing */
export async function sendApdu(access: CardAccess, command: string): Promise<{ data: string; sw: string }> {
  if (access.transmit === undefined) throw new LebError('DEVICE_UNSUITABLE', { via: access.via });
  const { data, sw } = decodeResponse(await access.transmit(hexToBytes(command)));
  return { data: bytesToHex(data), sw: formatStatus(sw) };
}
