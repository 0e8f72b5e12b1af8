import { concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import type { ChipKind } from './chip-kind.ts';

/** Historical bytes of a card with logical channels (ISO/IEC 7816-4 §8.1.1), and of one whose maker names itself in them ("estk.me"). */
const ordinaryBytes = '8031A073BE21136743200718000001';
const makersBytes = '8031E073FE2115576573746B2E6D65';

/**
 * TD1 names the first protocol, TD2 says that global bytes follow: TA3 the clock and the voltages, TB3 where there are several eSIM ports
 * (ETSI TS 102 221 v17 §6.3.3). TCK makes the exclusive or of all bytes after TS zero (ISO/IEC 7816-3 §8.2).
 */
export function makeAtr(protocol: 'T=0' | 'T=1', { mep, productApplet }: ChipKind): Uint8Array {
  const globalBytes = mep === null ? '1FC7' : '3FC783';
  const historicalBytes = productApplet ? makersBytes : ordinaryBytes;
  const body = hexToBytes(`9F96${protocol === 'T=0' ? '80' : '81'}${globalBytes}${historicalBytes}`);
  const check = body.reduce((sum, octet) => sum ^ octet, 0);
  return concatBytes(Uint8Array.of(0x3b), body, Uint8Array.of(check));
}
