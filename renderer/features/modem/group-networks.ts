import type { ScannedNetwork } from '#contract/desk/tasks.ts';

export type NetworkInReach = {
  readonly mccMnc: string;
  readonly name: string | null;
  readonly state: ScannedNetwork['state'];
  /** Without those that the modem did not name. */
  readonly technologies: readonly NonNullable<ScannedNetwork['technology']>[];
};

/** In use, usable, not known, refused. */
const stateOrder: readonly ScannedNetwork['state'][] = ['current', 'available', 'unknown', 'forbidden'];
const technologyOrder: readonly NonNullable<ScannedNetwork['technology']>[] = ['nr', 'eutran', 'utran', 'gsm', 'ltem', 'nbIot'];

const rank = ({ state }: NetworkInReach): number => stateOrder.indexOf(state);

/** A scan names a network once for each technology (3GPP TS 27.007 §7.3); people know it as one. The one in use comes first, refused ones last. */
export function groupNetworks(networks: readonly ScannedNetwork[]): readonly NetworkInReach[] {
  return [...Map.groupBy(networks, ({ mccMnc }) => mccMnc)]
    .map(([mccMnc, entries]): NetworkInReach => ({
      mccMnc,
      name: entries.find(({ name }) => name !== null)?.name ?? null,
      state: stateOrder.find((state) => entries.some((entry) => entry.state === state)) ?? 'unknown',
      technologies: technologyOrder.filter((technology) => entries.some((entry) => entry.technology === technology)),
    }))
    .toSorted((one, other) => rank(one) - rank(other));
}
