import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { MepMode } from './chip-kind.ts';
import type { Command } from './command.ts';
import { highestPort } from './esim-ports.ts';
import { StatusWordError, statusWords } from './status-word.ts';

const modeNumbers: Readonly<Record<MepMode, number>> = { A1: 1, A2: 2, B: 3 };

export type LsiOrder = { readonly kind: 'select'; readonly port: number } | { readonly kind: 'configure'; readonly answer: Uint8Array };

/**
 * MANAGE LSI (ETSI TS 102 221 v17 §11.1): an eSIM port is selected for what follows (P1 00), or the card says what it has (P1 04), with
 * its mode and the number of enabled profiles in 90 and 91 (SGP.22 v3 §3.4.1). @throws StatusWordError 6D00 on a card without ports, 6A86
 */
export function readManageLsi({ p1, p2 }: Command, mep: MepMode | null): LsiOrder {
  if (mep === null) throw new StatusWordError(statusWords.wrongInstruction);
  const highest = highestPort(mep);
  if (p1 === 0x00 && p2 <= highest) return { kind: 'select', port: p2 };
  if (p1 !== 0x04 || p2 !== 0) throw new StatusWordError(statusWords.wrongParameters);
  const mode = modeNumbers[mep];
  const answer = concatBytes(
    encodeTlv(0x80, Uint8Array.of(highest)),
    encodeTlv(0x81, Uint8Array.of(0)),
    encodeTlv(0x90, Uint8Array.of(mode, mode)),
    encodeTlv(0x91, Uint8Array.of(2)),
  );
  return { kind: 'configure', answer };
}
