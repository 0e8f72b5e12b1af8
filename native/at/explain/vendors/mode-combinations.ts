import type { ExplainedFields } from '../explanation.ts';

/** How a maker numbers the generations that are allowed, and the one that is preferred. */
export type ModeTable = {
  readonly allowed: readonly (readonly string[])[];
  readonly preferred: readonly (string | null)[];
};

/** All that can be chosen, few generations before many: each set without a preference, then with each that lies in it. */
export function modeCombinations(table: ModeTable, allowed: readonly number[], preferred: readonly number[]): readonly ExplainedFields[] {
  const sets = allowed.flatMap((number) => {
    const set = table.allowed[number];
    return set === undefined ? [] : [set];
  });
  return sets
    .toSorted((a, b) => a.length - b.length)
    .flatMap((set) => {
      const firsts = preferred.flatMap((number) => table.preferred[number] ?? []).filter((first) => set.length > 1 && set.includes(first));
      return [[], ...firsts.map((first) => [first])].map((first) => ({ allowed: set, preferred: first }));
    });
}
