/** Bands as people write them; the decoders of lines write `eutran-3` for B3. */
const gsmNames: ReadonlyMap<string, string> = new Map([
  ['g850', 'GSM850'],
  ['egsm', 'GSM900'],
  ['dcs', 'GSM1800'],
  ['pcs', 'GSM1900'],
]);
const prefixes: readonly (readonly [explained: string, written: string])[] = [
  ['utran-', 'U'],
  ['eutran-', 'B'],
  ['ngran-', 'n'],
];

export function bandName(explained: string): string | null {
  const gsm = gsmNames.get(explained);
  if (gsm !== undefined) return gsm;
  for (const [prefix, written] of prefixes) if (explained.startsWith(prefix)) return `${written}${explained.slice(prefix.length)}`;
  return null;
}

/** Each once, by technology and number. */
export function sortedBands(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].toSorted((left, right) => rank(left) - rank(right));
}

function rank(name: string): number {
  const place = ['GSM', 'U', 'B', 'n'].findIndex((prefix) => name.startsWith(prefix));
  return place * 10_000 + Number(/\d+$/.exec(name)?.[0] ?? 0);
}

/** Numbers of the bands of one technology: `numbersOfBands(names, 'B')` of B3 and n78 is 3. */
export function numbersOfBands(names: readonly string[], prefix: 'U' | 'B' | 'n'): readonly number[] {
  return names.flatMap((name) => (name.startsWith(prefix) && /^\d+$/.test(name.slice(1)) ? [Number(name.slice(1))] : []));
}

/** A mask whose lowest bit is band 1. */
export function maskOfBands(numbers: readonly number[], first = 1): bigint {
  return numbers.filter((number) => number >= first).reduce((mask, number) => mask | (1n << BigInt(number - first)), 0n);
}
