import { refreshSteps } from '#native/apdu/card-access.ts';
import { cardWayNames } from '#native/modem/card-access/card-way.ts';
import { noHabits, type HabitKeeper } from '#native/modem/habits.ts';
import type { ModemIdentity } from '#native/modem/modem.ts';
import { instantNow } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

/** Keeps what was found out about modems in the store, so that the next run begins with it. A store that fails costs time, not the work. */
export function createHabitStore({ store, log }: { readonly store: Store; readonly log: Log }): HabitKeeper {
  function attempt<Result>(work: () => Result, otherwise: Result): Result {
    try {
      return work();
    } catch (error) {
      log.error('modem.habits', error);
      return otherwise;
    }
  }

  const of: HabitKeeper['of'] = (identity) =>
    attempt(() => {
      const [row] = store.all(
        'select card_way, refresh from modem_habit where manufacturer = $manufacturer and model = $model and revision = $revision',
        kindOf(identity),
      );
      // A word of a newer program is as good as none.
      return {
        cardWay: cardWayNames.find((way) => way === row?.['card_way']) ?? null,
        refresh: refreshSteps.find((step) => step === row?.['refresh']) ?? null,
      };
    }, noHabits);

  return {
    of,
    keep(identity, change) {
      const known = of(identity);
      const { cardWay, refresh } = { ...known, ...change };
      if (cardWay === known.cardWay && refresh === known.refresh) return;
      attempt(
        () =>
          store.run(
            `insert into modem_habit (manufacturer, model, revision, card_way, refresh, learned_at)
             values ($manufacturer, $model, $revision, $cardWay, $refresh, $learnedAt)
             on conflict (manufacturer, model, revision)
             do update set card_way = excluded.card_way, refresh = excluded.refresh, learned_at = excluded.learned_at`,
            { ...kindOf(identity), cardWay, refresh, learnedAt: instantNow() },
          ),
        0,
      );
    },
  };
}

function kindOf({ manufacturer, model, revision }: ModemIdentity): Readonly<Record<'manufacturer' | 'model' | 'revision', string>> {
  return { manufacturer: manufacturer ?? '', model: model ?? '', revision: revision ?? '' };
}
