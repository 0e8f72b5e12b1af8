import { CmeError } from '../cme-error.ts';

/** Bands as a mask whose lowest bit is band 1, as most makers have it. */
export function maskOf(bands: readonly number[]): bigint {
  return bands.reduce((mask, band) => mask | (1n << BigInt(band - 1)), 0n);
}

/** Those of `bands` that are in the mask. */
export function bandsIn(mask: bigint, bands: readonly number[]): readonly number[] {
  return bands.filter((band) => (mask & (1n << BigInt(band - 1))) !== 0n);
}

/** Hexadecimal, with or without 0x. @throws CmeError 50 */
export function readMask(text: string | undefined): bigint {
  if (text === undefined || !/^(?:0x)?[0-9a-f]{1,32}$/i.test(text)) throw new CmeError(50);
  return BigInt(`0x${text.replace(/^0x/i, '')}`);
}
