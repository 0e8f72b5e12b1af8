import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import type { Command } from './command.ts';
import { StatusWordError, statusWords } from './status-word.ts';

/** The applet by which cards of eSTK.me say what product they are. Not an ISD-R. */
const productAid = 'A06573746B6D65FFFFFFFFFFFF6D6774';

/** By P1: serial number, boot loader, firmware, stock-keeping unit. */
const answers: readonly string[] = ['BENCH-0000', 'T001', 'T002V01', 'Bench two SE'];

export function isProductApplet(aid: Uint8Array): boolean {
  return bytesToHex(aid) === productAid;
}

/** `00 00 P1 00 00`. @throws StatusWordError 6A86 where there is no such answer */
export function readProduct({ p1, p2 }: Command): Uint8Array {
  const text = answers[p1];
  if (text === undefined || p2 !== 0) throw new StatusWordError(statusWords.wrongParameters);
  return encodeText(text);
}
