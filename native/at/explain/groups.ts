/**
 * The value ranges of a test command's answer (3GPP TS 27.007 §4.4): `(0-3),(0),"SM",(1,2)` has four groups. A group is what stands between
 * its brackets or, without any, between two commas; an unclosed bracket reaches to the end.
 */
export function splitGroups(text: string): readonly string[] {
  const groups: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  const take = (end: number): void => {
    groups.push(stripBrackets(text.slice(start, end)));
    start = end + 1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (character === ',' && depth === 0) take(index);
  }
  take(text.length);
  return groups;
}

function stripBrackets(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('(')) return trimmed;
  return trimmed.slice(1, trimmed.endsWith(')') ? -1 : undefined).trim();
}

/** No modem lists more; a range of millions is damage and would only fill the memory. */
const longestRange = 512;

/** The numbers of a group: `0-3,7` is 0, 1, 2, 3, 7. A range that runs backwards is read forwards. Null where something else stands there. */
export function rangeNumbers(group: string): readonly number[] | null {
  const numbers: number[] = [];
  for (const part of group.split(',')) {
    const match = /^\s*"?(\d{1,9})"?\s*(?:-\s*"?(\d{1,9})"?\s*)?$/.exec(part);
    if (match?.[1] === undefined) return null;
    const ends = [Number(match[1]), Number(match[2] ?? match[1])].sort((a, b) => a - b);
    const [first, last] = [ends[0] ?? 0, ends[1] ?? 0];
    if (last - first + numbers.length >= longestRange) return null;
    for (let number = first; number <= last; number += 1) numbers.push(number);
  }
  return numbers;
}

/** The numbers of a group, or none. */
export function numbersOf(group: string | undefined): readonly number[] {
  return rangeNumbers(group ?? '') ?? [];
}

/** The words of a group without their quotes. */
export function wordsOf(group: string | undefined): readonly string[] {
  return (group ?? '')
    .split(',')
    .map((part) => part.trim().replace(/^"|"$/g, '').trim())
    .filter((part) => part !== '');
}
