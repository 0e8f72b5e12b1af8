import type { RefreshStep } from '../apdu/card-access.ts';
import type { CardWayName } from './card-access/card-way.ts';
import type { ModemIdentity } from './modem.ts';

/** What has been found out about modems of one kind by doing, so that the next time begins with it. */
export type ModemHabits = {
  /** The way on which the card has answered. */
  readonly cardWay: CardWayName | null;
  /** What made the modem notice another profile. */
  readonly refresh: RefreshStep | null;
};

/** Keeps habits by maker, model and firmware. */
export type HabitKeeper = {
  of(identity: ModemIdentity): ModemHabits;
  keep(identity: ModemIdentity, habits: Partial<ModemHabits>): void;
};

export const noHabits: ModemHabits = { cardWay: null, refresh: null };

/** For one session, where nobody keeps them longer. */
export function createHabitMemory(): HabitKeeper {
  let known = noHabits;
  return {
    of: () => known,
    keep(_identity, habits) {
      known = { ...known, ...habits };
    },
  };
}
