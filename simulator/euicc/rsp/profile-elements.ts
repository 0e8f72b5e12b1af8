import { decodeSwappedDigits } from '#native/euicc/tlv/digits.ts';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { isDeviceError } from '#native/errors.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild, readTlvs } from '#native/euicc/tlv/tlv-reader.ts';
import { InstallationFailure } from './installation-failure.ts';

/** PEStatus (SGP.22 v2.5 §2.5.6). */
const statuses = { notSupported: 1, badValues: 3, invalidRequestFormat: 5 } as const;

const headerTag = 0xa0;
const usimTag = 0xb3;
const endTag = 0xaa;

/** Tags of ProfileElement (TCA Profile Package: Interoperable Format v3.1, annex A). */
const knownTags: ReadonlySet<number> = new Set([
  0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb,
  0xbc, 0xbd, 0xbe, 0xbf1f, 0xbf20, 0xbf21,
]);

/**
 * Runs through a profile package as far as this chip needs it: it starts with its header and ends with its end, knows every element,
 * belongs to the metadata, and tells the subscriber's IMSI where it has a USIM.
 * @returns the IMSI's digits, or null
 * @throws InstallationFailure peProcessingError, dataMismatch
 */
export function readProfileElements(bytes: Uint8Array, iccid: string): { readonly imsi: string | null } {
  try {
    const elements = readTlvs(bytes);
    const [header] = elements;
    if (header?.tag !== headerTag || elements.at(-1)?.tag !== endTag) {
      throw new InstallationFailure('peProcessingError', statuses.invalidRequestFormat);
    }
    if (elements.some(({ tag }) => !knownTags.has(tag))) throw new InstallationFailure('peProcessingError', statuses.notSupported);
    checkIccid(header, iccid);
    const usim = elements.find(({ tag }) => tag === usimTag);
    return { imsi: usim === undefined ? null : readImsi(usim) };
  } catch (error) {
    if (isDeviceError(error)) throw new InstallationFailure('peProcessingError', statuses.badValues);
    throw error;
  }
}

/** The header writes the ICCID in the order in which it is read, not with swapped nibbles as everything else does. */
function checkIccid(header: Tlv, iccid: string): void {
  const own = findChild(header, 0x83);
  const digits = own === undefined ? '' : bytesToHex(own.value).replace(/F+$/, '');
  if (digits !== iccid) throw new InstallationFailure('dataMismatch');
}

/** EF IMSI is A3 of the USIM, its content 83: a length, then a nibble for the parity and the digits (3GPP TS 31.102 §4.2.2). */
function readImsi(usim: Tlv): string | null {
  const file = findChild(usim, 0xa3);
  const content = file === undefined ? undefined : childrenOf(file).find(({ tag }) => tag === 0x83);
  if (content === undefined) return null;
  const digits = decodeSwappedDigits(content.value.slice(1)).slice(1);
  if (!/^\d{6,15}$/.test(digits)) throw new InstallationFailure('peProcessingError', statuses.badValues);
  return digits;
}
