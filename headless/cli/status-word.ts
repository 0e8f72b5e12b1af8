import type { Words } from './words.ts';

/** What a status word means (ISO/IEC 7816-4 §5.6, ETSI TS 102 221 §10.2.1): the word itself, else the group that it belongs to. */
export function describeStatusWord(words: Words, sw: string): string {
  const [first, second] = [sw.slice(0, 2), sw.slice(2)];
  const count = Number.parseInt(second, 16);
  // The number of tries that are left stands in the last digit, a number of bytes in the whole second byte.
  if (first === '63' && second.startsWith('C')) return words.say('sw.63CX', { count: count & 0x0f });
  const key = [`sw.${sw}`, `sw.${first}XX`].find((candidate) => words.find(candidate) !== null);
  return words.say(key ?? 'sw.unknown', { count });
}
