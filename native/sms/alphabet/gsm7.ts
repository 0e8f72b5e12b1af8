import { defaultExtension, defaultTable } from './default-table.ts';
import { lockingTable, singleShiftTable, type NationalLanguage } from './national-tables.ts';
import { escape, escapeSeptet, reserved, type SeptetTable } from './septet-table.ts';

/** Which tables a text of septets is read from; null: the default ones. */
export type SeptetTables = { readonly locking: NationalLanguage | null; readonly singleShift: NationalLanguage | null };

export const defaultTables: SeptetTables = { locking: null, singleShift: null };

/**
 * The text of septets (TS 23.038 §6.2.1). A septet that the shift table does not know is read from the main one, two escapes are a blank
 * (§6.2.1.1 note 1), an escape at the end is nothing, and what no table knows is U+FFFD.
 */
export function decodeSeptets(septets: Uint8Array, { locking, singleShift }: SeptetTables = defaultTables): string {
  const main = (locking === null ? null : lockingTable(locking)) ?? defaultTable;
  const shifted = singleShift === null ? defaultExtension : singleShiftTable(singleShift);
  let text = '';
  let escaped = false;
  for (const septet of septets) {
    if (!escaped && septet === escapeSeptet) {
      escaped = true;
      continue;
    }
    const character = (escaped ? shifted[septet] : reserved) || main[septet] || '\uFFFD';
    text += character === escape ? ' ' : character;
    escaped = false;
  }
  return text;
}

/** One character as septets: one, or an escape and one. `null`: neither table has it. */
export type SeptetEncoder = (character: string) => readonly number[] | null;

/** How characters are written with these tables. */
export function septetEncoder({ locking, singleShift }: SeptetTables = defaultTables): SeptetEncoder {
  const key = `${locking ?? ''}/${singleShift ?? ''}`;
  let known = encoders.get(key);
  if (known === undefined) {
    const main = (locking === null ? null : lockingTable(locking)) ?? defaultTable;
    const shifted = singleShift === null ? defaultExtension : singleShiftTable(singleShift);
    const codes = new Map([...invert(shifted, [escapeSeptet]), ...invert(main, [])]);
    known = (character) => codes.get(character) ?? null;
    encoders.set(key, known);
  }
  return known;
}

/** A text as septets; null where a character is in neither table. */
export function encodeSeptets(text: string, tables: SeptetTables = defaultTables): Uint8Array | null {
  const encode = septetEncoder(tables);
  const septets: number[] = [];
  for (const character of text) {
    const codes = encode(character);
    if (codes === null) return null;
    septets.push(...codes);
  }
  return Uint8Array.from(septets);
}

const encoders = new Map<string, SeptetEncoder>();

function invert(table: SeptetTable, prefix: readonly number[]): Map<string, readonly number[]> {
  const codes = new Map<string, readonly number[]>();
  for (const [septet, character] of table.entries()) {
    if (character === reserved || character === escape || codes.has(character)) continue;
    codes.set(character, [...prefix, septet]);
  }
  return codes;
}
