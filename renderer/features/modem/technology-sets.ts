import type { RadioSettings, RadioTechnology } from '#contract/desk/modem.ts';

/** Newest generation first. */
const order: readonly RadioTechnology[] = ['nr', 'eutran', 'utran', 'gsm', 'ltem', 'nbIot'];
const sorted = (technologies: readonly RadioTechnology[]): readonly RadioTechnology[] =>
  order.filter((technology) => technologies.includes(technology));

const newest = (set: readonly RadioTechnology[]): number => order.findIndex((technology) => set.includes(technology));

/** One name for a set, in whatever order it is told. */
export function setKey(technologies: readonly RadioTechnology[]): string {
  return sorted(technologies).join('+');
}

/**
 * The sets that can be chosen, the widest first, each in the order of generations; what is allowed now is among them even where the modem
 * does not count it as a choice.
 */
export function technologySets({ choices, allowed }: NonNullable<RadioSettings['technologies']>): readonly (readonly RadioTechnology[])[] {
  const sets = new Map([...choices, allowed].filter((set) => set.length > 0).map((set) => [setKey(set), sorted(set)]));
  return [...sets.values()].toSorted((one, other) => other.length - one.length || newest(one) - newest(other));
}
