import { defaultTables, encodeSeptets, septetEncoder, type SeptetTables } from './alphabet/gsm7.ts';
import { lockingTable, nationalLanguages, type NationalLanguage } from './alphabet/national-tables.ts';
import { encodeUcs2 } from './alphabet/ucs2.ts';
import type { SmsAlphabet } from './data-coding.ts';
import { notEncodable } from './sms-error.ts';
import { concatenationElement, encodeElements, languageElement, type InformationElement } from './user-data-header.ts';

export type TextOptions = {
  /** `null`: the one that takes the fewest parts. */
  readonly alphabet?: 'gsm7' | 'ucs2' | null;
  /** The national tables that may be used; all unless said otherwise. */
  readonly languages?: readonly NationalLanguage[];
  /** 16 instead of 8 bits for the reference of a message of several parts. */
  readonly wideReference?: boolean;
};

/** How a text is sent, before it is. */
export type TextPlan = {
  readonly alphabet: Exclude<SmsAlphabet, 'data8'>;
  readonly tables: SeptetTables;
  /** At least one, which may be empty. */
  readonly parts: readonly string[];
  /** Septets, or UTF-16 units, of the last part, and how many more it would take. */
  readonly unitsUsed: number;
  readonly unitsLeft: number;
};

const maxOctets = 140;
const maxParts = 255;

/**
 * The coding that takes the fewest parts. Of several, the default alphabet is the first choice and UCS2 the second, because every phone
 * reads them; national tables come in where they save a part.
 * @throws DeviceError SMS_NOT_ENCODABLE `alphabet`, `tooLong`
 */
export function planText(text: string, options: TextOptions = {}): TextPlan {
  const { alphabet = null, languages = nationalLanguages } = options;
  const characters = Array.from(text.toWellFormed());
  const candidates: Coding[] = [];
  const national = languages.flatMap((language): Coding[] => {
    const tables = [
      { locking: null, singleShift: language },
      ...(lockingTable(language) === null
        ? []
        : [
            { locking: language, singleShift: null },
            { locking: language, singleShift: language },
          ]),
    ];
    return tables.map((used) => ({ alphabet: 'gsm7', tables: used }));
  });
  if (alphabet !== 'ucs2') candidates.push({ alphabet: 'gsm7', tables: defaultTables });
  if (alphabet !== 'gsm7') candidates.push({ alphabet: 'ucs2', tables: defaultTables });
  if (alphabet !== 'ucs2') candidates.push(...national);
  let best: TextPlan | null = null;
  for (const coding of candidates) {
    const plan = split(characters, coding, options.wideReference === true);
    if (plan !== null && (best === null || plan.parts.length < best.parts.length)) best = plan;
  }
  if (best === null) throw notEncodable('alphabet');
  if (best.parts.length > maxParts) throw notEncodable('tooLong');
  return best;
}

/** The elements of the header that tell which tables are used. */
export function tableElements({ locking, singleShift }: SeptetTables): readonly InformationElement[] {
  return [
    ...(singleShift === null ? [] : [languageElement('singleShift', singleShift)]),
    ...(locking === null ? [] : [languageElement('locking', locking)]),
  ];
}

/** One part of a plan as septets or octets. @throws DeviceError SMS_NOT_ENCODABLE where it is not of the plan's alphabet */
export function encodePart(part: string, { alphabet, tables }: Coding): Uint8Array {
  const content = alphabet === 'ucs2' ? encodeUcs2(part) : encodeSeptets(part, tables);
  if (content === null) throw notEncodable('alphabet');
  return content;
}

type Coding = Pick<TextPlan, 'alphabet' | 'tables'>;

/** Fills part after part and never parts an escape from its septet, nor a surrogate from its other half. `null`: the coding lacks a character. */
function split(characters: readonly string[], coding: Coding, wide: boolean): TextPlan | null {
  const encode = coding.alphabet === 'gsm7' ? septetEncoder(coding.tables) : null;
  const costs: number[] = [];
  for (const character of characters) {
    const cost = encode === null ? character.length : encode(character)?.length;
    if (cost === undefined) return null;
    costs.push(cost);
  }
  const elements = tableElements(coding.tables);
  const single = capacity(coding, elements);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  if (total <= single) return { ...coding, parts: [characters.join('')], unitsUsed: total, unitsLeft: single - total };
  const room = capacity(coding, [concatenationElement({ reference: 0, wide, parts: 1, part: 1 }), ...elements]);
  const parts: string[] = [];
  let [part, used] = ['', 0];
  for (const [index, character] of characters.entries()) {
    const cost = costs[index] ?? 0;
    if (used + cost > room) {
      parts.push(part);
      [part, used] = ['', 0];
    }
    part += character;
    used += cost;
  }
  return { ...coding, parts: [...parts, part], unitsUsed: used, unitsLeft: room - used };
}

function capacity({ alphabet }: Coding, elements: readonly InformationElement[]): number {
  const octets = maxOctets - encodeElements(elements).length;
  return alphabet === 'gsm7' ? Math.floor((octets * 8) / 7) : Math.floor(octets / 2);
}
