import { join } from 'node:path';
import { type ChipKind, parseChipKind } from './euicc/chip-kind.ts';
import { isEid } from './euicc/eid.ts';
import type { Pki } from './pki/load-pki.ts';
import { loadPki } from './pki/load-pki.ts';
import type { SampleProfile } from './sample.ts';
import { benchTest, harbourHoliday, lebAsia, lebEurope, lebGlobal, meadowPersonal } from './sample.ts';
import { UsageError } from './usage-error.ts';

/**
 * The first `count` of the sample profiles, the given ones first; without a number just the given ones.
 * @throws UsageError where it is no number or there are not that many
 */
export function chooseProfiles(first: readonly SampleProfile[], count: string | undefined): readonly SampleProfile[] {
  if (count === undefined) return first;
  const rest = [lebGlobal, lebEurope, lebAsia, meadowPersonal, harbourHoliday, benchTest].filter((profile) => !first.includes(profile));
  const all = [...first, ...rest];
  if (!/^\d+$/.test(count) || Number(count) > all.length) throw new UsageError(`--profiles is a number from 0 to ${all.length}.`);
  return all.slice(0, Number(count));
}

/** `HOST:PORT`. @throws UsageError where it is none */
export function parseAddress(text: string): { readonly host: string; readonly port: number } {
  const parts = /^(\[[0-9a-fA-F:]+\]|[^:\s]+):(\d{1,5})$/.exec(text);
  const port = Number(parts?.[2] ?? 0);
  if (parts?.[1] === undefined || port < 1 || port > 65_535) throw new UsageError(`"${text}" is not HOST:PORT.`);
  return { host: parts[1].replaceAll(/[[\]]/g, ''), port };
}

/**
 * The certificates for a chip on the command line: those of `--pki`, else the chip folder's own, else made for this process.
 * @returns what `makeChipSlot` wants of them
 * @throws UsageError where the folder does not hold what a chip needs
 */
export function chooseCertificates(
  folder: string | undefined,
  stateDir: string | undefined,
): { readonly pki: () => Pki; readonly eid?: string } {
  if (folder === undefined) return { pki: () => loadPki(stateDir === undefined ? null : join(stateDir, 'pki')) };
  try {
    const pki = loadPki(folder);
    const { fixedEid } = pki;
    if (fixedEid === null) return { pki: () => pki };
    if (!isEid(fixedEid)) throw new UsageError(`euicc.pem is for ${fixedEid}, which is no EID with right check digits.`);
    pki.euicc(fixedEid);
    return { pki: () => pki, eid: fixedEid };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`--pki: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * `--kind`, with `--isdr-aid` as one more of its traits. Undefined where neither is given: a chip that was kept stays what it is.
 * @throws UsageError
 */
export function chooseKind(kind: string | undefined, isdrAid: string | undefined): ChipKind | undefined {
  const traits = [kind, isdrAid === undefined ? undefined : `isdr-aid=${isdrAid}`].filter((trait) => trait !== undefined);
  return traits.length === 0 ? undefined : parseChipKind(traits.join('+'));
}

/** `--protocol`. @throws UsageError */
export function parseProtocol(text: string | undefined): 'T=0' | 'T=1' | undefined {
  if (text === undefined || text === 'T=0' || text === 'T=1') return text;
  throw new UsageError('--protocol is T=0 or T=1.');
}

/** A chip that was kept has one EID for ever. @throws UsageError where the certificates are not for each of these */
export function checkEids(certificates: { readonly eid?: string }, chips: readonly { readonly eid: string }[]): void {
  const other = chips.find(({ eid }) => certificates.eid !== undefined && eid !== certificates.eid);
  if (other !== undefined) throw new UsageError(`The chip has the EID ${other.eid}; the certificates are for ${certificates.eid}.`);
}
