import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { identifierOfLanguage, languageOfIdentifier, type NationalLanguage } from './alphabet/national-tables.ts';

/** One element as it stands in the header (TS 23.040 §9.2.3.24). */
export type InformationElement = { readonly id: number; readonly data: Uint8Array };

export type Concatenation = {
  readonly reference: number;
  /** The reference has 16 bits. */
  readonly wide: boolean;
  readonly parts: number;
  /** From 1. */
  readonly part: number;
};

export type UserDataHeader = {
  readonly elements: readonly InformationElement[];
  readonly concatenation: Concatenation | null;
  readonly ports: { readonly destination: number; readonly source: number } | null;
  readonly locking: NationalLanguage | null;
  readonly singleShift: NationalLanguage | null;
};

const elementIds = {
  concatenation: 0x00,
  ports: 0x04,
  widePorts: 0x05,
  wideConcatenation: 0x08,
  singleShift: 0x24,
  locking: 0x25,
} as const;

/** The elements of a header without its length; null where one is longer than the header. */
export function readElements(octets: Uint8Array): readonly InformationElement[] | null {
  const elements: InformationElement[] = [];
  for (let at = 0; at < octets.length;) {
    const [id, length] = [octets[at], octets[at + 1]];
    if (id === undefined || length === undefined || at + 2 + length > octets.length) return null;
    elements.push({ id, data: octets.slice(at + 2, at + 2 + length) });
    at += 2 + length;
  }
  return elements;
}

/** What elements say. One that contradicts itself is ignored, and of several of a kind the last counts (§9.2.3.24). */
export function describeElements(elements: readonly InformationElement[]): UserDataHeader {
  let header: UserDataHeader = { elements, concatenation: null, ports: null, locking: null, singleShift: null };
  for (const { id, data } of elements) {
    const [first = 0, second = 0, third = 0, fourth = 0] = data;
    if (id === elementIds.concatenation && data.length === 3) {
      header = { ...header, concatenation: concatenation(first, false, second, third) ?? header.concatenation };
    } else if (id === elementIds.wideConcatenation && data.length === 4) {
      header = { ...header, concatenation: concatenation((first << 8) | second, true, third, fourth) ?? header.concatenation };
    } else if (id === elementIds.ports && data.length === 2) {
      header = { ...header, ports: { destination: first, source: second } };
    } else if (id === elementIds.widePorts && data.length === 4) {
      header = { ...header, ports: { destination: (first << 8) | second, source: (third << 8) | fourth } };
    } else if (id === elementIds.singleShift && data.length === 1) {
      header = { ...header, singleShift: languageOfIdentifier(first) };
    } else if (id === elementIds.locking && data.length === 1) {
      header = { ...header, locking: languageOfIdentifier(first) };
    }
  }
  return header;
}

/** A header with its length, or nothing where there is no element. */
export function encodeElements(elements: readonly InformationElement[]): Uint8Array {
  if (elements.length === 0) return new Uint8Array(0);
  const body = concatBytes(...elements.map(({ id, data }) => Uint8Array.of(id, data.length, ...data)));
  return Uint8Array.of(body.length, ...body);
}

/** Which part of how many this is (§9.2.3.24.1, §9.2.3.24.8). */
export function concatenationElement({ reference, wide, parts, part }: Concatenation): InformationElement {
  return wide
    ? { id: elementIds.wideConcatenation, data: Uint8Array.of(reference >> 8, reference, parts, part) }
    : { id: elementIds.concatenation, data: Uint8Array.of(reference, parts, part) };
}

/** Which table takes the place of the main one, or of the extension table (§9.2.3.24.15, §9.2.3.24.16). */
export function languageElement(kind: 'locking' | 'singleShift', language: NationalLanguage): InformationElement {
  return { id: elementIds[kind], data: Uint8Array.of(identifierOfLanguage(language)) };
}

/** A part 0, or one beyond the last, makes the element void (§9.2.3.24.1). */
function concatenation(reference: number, wide: boolean, parts: number, part: number): Concatenation | null {
  return part === 0 || part > parts ? null : { reference, wide, parts, part };
}
