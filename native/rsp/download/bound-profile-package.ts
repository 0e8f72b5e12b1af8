import { DeviceError, isDeviceError } from '../../errors.ts';
import { bytesToHex, concatBytes } from '../../euicc/tlv/hex.ts';
import { type Tlv, childrenOf, findChild, readTlv } from '../../euicc/tlv/tlv-reader.ts';

export type BoundProfilePackage = {
  /** One STORE DATA script each, in the order in which the card wants them (SGP.22 v2.5 §2.5.5). */
  readonly segments: readonly Uint8Array[];
  readonly transactionId: string; // upper-case hex
  /** The `BF25` that the card will be given. */
  readonly metadata: Uint8Array;
};

/** The MAC at the end of each protected object (SGP.22 v2.5 §2.5.3). */
const macLength = 8;

/**
 * Takes a `BF36 { BF23, A0 { 87 }, A1 { 88+ }, A2 { 87 }?, A3 { 86+ } }` apart. Nothing is sent before the whole structure holds:
 * a card that meets a surprise half way has used up the order.
 * @throws DeviceError PROFILE_PACKAGE_INVALID with `reason`
 */
export function readBoundProfilePackage(bytes: Uint8Array): BoundProfilePackage {
  try {
    return take(bytes);
  } catch (error) {
    if (isDeviceError(error) && error.code === 'CARD_ANSWER') throw invalid(String(error.details['reason'] ?? 'structure'), error);
    throw error;
  }
}

function take(bytes: Uint8Array): BoundProfilePackage {
  const whole = readTlv(bytes);
  if (whole.tag !== 0xbf36) throw invalid('tag');
  const [channel, configure, metadata, ...others] = childrenOf(whole);
  const keys = others.length === 2 ? others[0] : undefined;
  const elements = others.at(-1);
  if (channel?.tag !== 0xbf23 || configure === undefined || metadata === undefined || elements === undefined || others.length > 2)
    throw invalid('order');
  if (keys !== undefined) requireParts(keys, 0xa2, 0x87);
  requireParts(configure, 0xa0, 0x87);
  const metadataParts = requireParts(metadata, 0xa1, 0x88);
  const elementParts = requireParts(elements, 0xa3, 0x86);
  const transactionId = findChild(channel, 0x80);
  if (transactionId === undefined) throw invalid('no transaction');
  return {
    segments: [
      concatBytes(header(whole), channel.raw),
      configure.raw,
      header(metadata),
      ...metadataParts.map(({ raw }) => raw),
      ...(keys === undefined ? [] : [keys.raw]),
      header(elements),
      ...elementParts.map(({ raw }) => raw),
    ],
    transactionId: bytesToHex(transactionId.value),
    metadata: concatBytes(...metadataParts.map(({ value }) => value.subarray(0, -macLength))),
  };
}

/** The parts of a sequence that holds one or more objects of one kind, and nothing else. */
function requireParts(parent: Tlv, tag: number, partTag: number): readonly Tlv[] {
  const parts = parent.tag === tag ? childrenOf(parent) : [];
  if (parts.length === 0 || parts.some((part) => part.tag !== partTag || part.value.length < macLength))
    throw invalid(`content of ${tag.toString(16).toUpperCase()}`);
  return parts;
}

/** Tag and length alone, as they stand in the package. */
function header(tlv: Tlv): Uint8Array {
  return tlv.raw.subarray(0, tlv.raw.length - tlv.value.length);
}

function invalid(reason: string, cause?: unknown): DeviceError {
  return new DeviceError('PROFILE_PACKAGE_INVALID', { reason }, { cause });
}
