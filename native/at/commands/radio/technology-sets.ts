import type { ExplainedValue } from '../../explain/explanation.ts';
import type { RadioTechnology } from './setting-way.ts';

const generations: ReadonlyMap<string, RadioTechnology> = new Map([
  ['2g', 'gsm'],
  ['3g', 'utran'],
  ['4g', 'eutran'],
  ['5g', 'nr'],
]);
const order: readonly RadioTechnology[] = ['gsm', 'utran', 'eutran', 'nr', 'nbIot', 'ltem'];

/** In one order and each once, so that sets can be compared and read. */
export function technologySet(technologies: Iterable<RadioTechnology>): readonly RadioTechnology[] {
  const all = new Set(technologies);
  return order.filter((technology) => all.has(technology));
}

export function sameTechnologies(one: readonly RadioTechnology[], other: readonly RadioTechnology[]): boolean {
  return technologySet(one).join() === technologySet(other).join();
}

/** Each set once, few technologies before many. */
export function distinctSets(sets: readonly (readonly RadioTechnology[])[]): readonly (readonly RadioTechnology[])[] {
  const known = new Map(sets.filter((set) => set.length > 0).map((set) => [technologySet(set).join(), technologySet(set)]));
  return [...known.values()].toSorted((left, right) => left.length - right.length);
}

/** The generations that the decoders of lines speak of (`2g` … `5g`). */
export function technologiesOf(generationNames: ExplainedValue | undefined): readonly RadioTechnology[] {
  if (!Array.isArray(generationNames)) return [];
  return technologySet(generationNames.flatMap((name: ExplainedValue) => (typeof name === 'string' ? (generations.get(name) ?? []) : [])));
}
