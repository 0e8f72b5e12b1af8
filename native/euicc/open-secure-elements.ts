import type { CardAccess } from '../apdu/card-access.ts';
import { isDeviceError } from '../errors.ts';
import type { OpenSecureElements, RspEuicc } from './euicc.ts';
import { secureElementAids } from './isdr-aids.ts';
import { openEuicc, openEuiccAt } from './open-euicc.ts';
import { bytesToHex } from './tlv/hex.ts';

/**
 * Every secure element of a card, the one of `openEuicc` first. A card with one costs no command more: others are looked for only
 * where the card or its maker's AID says that there may be some.
 * @throws DeviceError as `openEuicc`; none for elements that turn out not to be there
 */
export const openSecureElements: OpenSecureElements = async function* (access, options = {}) {
  const first = await openEuicc(access, options);
  const seen = new Set<string>();
  try {
    yield first;
    if (!(await mayHoldMore(access, first))) return;
    seen.add(await first.eid());
  } finally {
    await first.close();
  }
  for (const isdrAid of secureElementAids) {
    const euicc = isdrAid === first.isdrAid ? null : await openWhereThere(access, isdrAid);
    if (euicc === null) continue;
    try {
      // Two AIDs may lead to one and the same element.
      const eid = await euicc.eid();
      if (seen.has(eid)) continue;
      seen.add(eid);
      yield euicc;
    } finally {
      await euicc.close();
    }
  }
};

async function openWhereThere(access: CardAccess, isdrAid: string): Promise<RspEuicc | null> {
  try {
    return await openEuiccAt(access, isdrAid);
  } catch (error) {
    if (isDeviceError(error) && error.code === 'NOT_AN_EUICC') return null;
    throw error;
  }
}

/** "stk.me" in the historical bytes: the maker whose cards have two. */
const makerInAtr = '73746B2E6D65';
/** First digits of the EIDs in that maker's cards; other cards have them too, so that they count only where no ATR can be seen. */
const makerEids = ['89033023', '89049032'];

async function mayHoldMore({ atr }: CardAccess, euicc: RspEuicc): Promise<boolean> {
  if (secureElementAids.some((aid) => aid === euicc.isdrAid)) return true;
  if (atr !== undefined) return bytesToHex(atr).includes(makerInAtr);
  const eid = await euicc.eid();
  return makerEids.some((prefix) => eid.startsWith(prefix));
}
