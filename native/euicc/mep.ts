import type { ProfileInfo } from './euicc.ts';

/** Multiple enabled profiles (SGP.22 v3 §2.12), as far as a card tells of it without being reconfigured; null is "not known". */
export type MepSupport = { readonly mode: 'B' | null };

/**
 * Whether a card can have several profiles enabled, one on each of its eSIM ports; null where nothing says so.
 *
 * The mode is agreed on by MANAGE LSI, which would change how the card behaves, so that it is not asked: only what can be seen counts.
 * With MEP-A1 and MEP-A2 port 0 belongs to the ISD-R alone, so that a profile on it means MEP-B.
 */
export function readMep(atr: Uint8Array | null, profiles: readonly ProfileInfo[]): MepSupport | null {
  const ports = profiles.flatMap(({ port }) => port ?? []);
  if (ports.length === 0 && (atr === null || !saysMultiplePorts(atr))) return null;
  return { mode: ports.includes(0) ? 'B' : null };
}

/** Bits 8 and 1 of the first TB after T=15 in the answer to reset (ETSI TS 102 221 v17 §6.3.3). */
function saysMultiplePorts(atr: Uint8Array): boolean {
  let indicator = atr[1] ?? 0;
  let offset = 2;
  let isGlobal = false;
  while ((indicator & 0xf0) !== 0 && offset < atr.length) {
    if ((indicator & 0x10) !== 0) offset += 1; // TA
    if ((indicator & 0x20) !== 0) {
      const tb = atr[offset] ?? 0;
      if (isGlobal) return (tb & 0x81) === 0x81;
      offset += 1;
    }
    if ((indicator & 0x40) !== 0) offset += 1; // TC
    if ((indicator & 0x80) === 0) return false;
    indicator = atr[offset] ?? 0;
    isGlobal = (indicator & 0x0f) === 15;
    offset += 1;
  }
  return false;
}
