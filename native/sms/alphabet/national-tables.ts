import { defaultExtension, defaultTable } from './default-table.ts';
import { latinChanges, scripts } from './national-facts.ts';
import { escape, reserved, type SeptetTable } from './septet-table.ts';

/** The languages with tables of their own; their place is their identifier (TS 23.038 §6.2.1.2.4.1). */
export const nationalLanguages = [
  'turkish',
  'spanish',
  'portuguese',
  'bengali',
  'gujarati',
  'hindi',
  'kannada',
  'malayalam',
  'oriya',
  'punjabi',
  'tamil',
  'telugu',
  'urdu',
] as const;
export type NationalLanguage = (typeof nationalLanguages)[number];

/** The language of an identifier; null where it is reserved or 0, which stands for the default alphabet. */
export function languageOfIdentifier(identifier: number): NationalLanguage | null {
  return nationalLanguages[identifier - 1] ?? null;
}

export function identifierOfLanguage(language: NationalLanguage): number {
  return nationalLanguages.indexOf(language) + 1;
}

/** The table that takes the place of the default alphabet (TS 23.038 §A.3); null: the language has none. */
export function lockingTable(language: NationalLanguage): SeptetTable | null {
  return lockingTables.get(language) ?? null;
}

/** The table that takes the place of the extension table (TS 23.038 §A.2). */
export function singleShiftTable(language: NationalLanguage): SeptetTable {
  return singleShiftTables.get(language) ?? defaultExtension;
}

/**
 * What the tables of all Indic languages and of Urdu share (TS 23.038 §A.3.4 to §A.3.13): line ends, digits, punctuation, small letters.
 * A dot stands for a place that each language fills in its own way.
 */
const lockingFrame = [
  '..........\n..\r..',
  `...........${escape}....`,
  ' !......)(..,...',
  '0123456789:;...?',
  '................',
  '................',
  '.abcdefghijklmno',
  'pqrstuvwxyz.....',
].join('');
/** The stops of 2E belong to the frame itself. */
const fullStop = 0x2e;

/** The same for the single shift tables (TS 23.038 §A.2.4 to §A.2.13); a blank stands for a place that none of them fills. */
const singleShiftFrame = [
  '@£$¥¿"¤%&\'\f*+ -/',
  `<=>¡^¡_#*..${escape}....`,
  '........{}.....\\',
  '............[~].',
  '|ABCDEFGHIJKLMNO',
  'PQRSTUVWXYZ     ',
  '     €          ',
  '                ',
].join('');

function fillFrame(frame: string, places: readonly string[], own?: number): SeptetTable {
  const queue = [...places];
  return Array.from(frame, (character, septet) => {
    if (character === '.' && septet !== own) return queue.shift() ?? reserved;
    return character === ' ' && septet !== 0x20 ? reserved : character;
  });
}

/** Code points and ranges of them, in the order of the free places; -- leaves one empty. */
function readPlaces(list: string): readonly string[] {
  return list.split(/\s+/).flatMap((item) => {
    if (item === '--') return [reserved];
    const [first = 0, last = first] = item.split('-').map((digits) => Number.parseInt(digits, 16));
    return Array.from({ length: last - first + 1 }, (_none, index) => String.fromCodePoint(first + index));
  });
}

/** A table with some places changed, written as septet and character: `04€ 07ı`. */
function change(table: SeptetTable, changes: string): SeptetTable {
  const changed = [...table];
  for (const entry of changes.split(' ')) changed[Number.parseInt(entry.slice(0, 2), 16)] = entry.slice(2);
  return changed;
}

const lockingTables = new Map<NationalLanguage, SeptetTable>();
const singleShiftTables = new Map<NationalLanguage, SeptetTable>();
for (const { language, locking, singleShift } of latinChanges) {
  if (locking !== null) lockingTables.set(language, change(defaultTable, locking));
  singleShiftTables.set(language, change(defaultExtension, singleShift));
}
for (const { language, locking, singleShift } of scripts) {
  lockingTables.set(language, fillFrame(lockingFrame, readPlaces(locking), fullStop));
  singleShiftTables.set(language, fillFrame(singleShiftFrame, readPlaces(singleShift)));
}
