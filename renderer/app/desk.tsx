import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { AccountSnapshot, Renewal, Settings } from '#contract/desk/account.ts';
import type { DevicesSnapshot, OutboxEntry } from '#contract/desk/devices.ts';
import type { MessagesSnapshot } from '#contract/desk/messages.ts';
import type { Task } from '#contract/desk/tasks.ts';
import type { RadioSample } from '#renderer/features/modem/radio-history.ts';
import { followArrivals } from './arrivals.ts';
import type { Connection, ConnectionState, DeskClient } from './connection.ts';
import { followFeed, type Feed, type FeedState } from './feed.ts';
import { createStore, type Store } from './store.ts';

export type SystemDescription = Awaited<ReturnType<DeskClient['system']['describe']>>;

/** What the whole window shares: the client, the streams that feed it, and the line that the person looks at. */
export type Desk = {
  readonly connection: Connection;
  readonly client: DeskClient;
  readonly account: Feed<AccountSnapshot>;
  readonly devices: Feed<DevicesSnapshot>;
  /** Devices that were plugged in a moment ago. */
  readonly arrivals: Store<ReadonlySet<string>>;
  readonly tasks: Feed<readonly Task[]>;
  /** What chips have to tell to servers, and what is on its way there. */
  readonly outbox: Feed<readonly OutboxEntry[]>;
  readonly messages: Feed<MessagesSnapshot>;
  /** What modems have heard while somebody looked, by device; it is kept while the page lives. */
  readonly heard: Store<ReadonlyMap<string, readonly RadioSample[]>>;
  readonly settings: Feed<Settings>;
  readonly system: Store<SystemDescription | null>;
  readonly lineId: Store<string | null>;
  /** "Work with devices only": the frame is shown without an account. */
  readonly withoutAccount: Store<boolean>;
};

/** Opens the streams of the desk. They live as long as the page. */
export function openDesk(connection: Connection): Desk {
  const { client } = connection;
  const system = createStore<SystemDescription | null>(null);
  // A new epoch may be a newer application: what it is gets asked again.
  let asked = 0;
  const describe = (): void => {
    const { link, epoch } = connection.state.get();
    if (link !== 'open' || asked === epoch) return;
    asked = epoch;
    client.system.describe().then(system.set, () => {
      asked = 0;
    });
  };
  connection.state.subscribe(describe);
  describe();
  const devices = followFeed(connection, (signal) => client.devices.watch(undefined, { signal }));
  const arrivals = followArrivals();
  devices.subscribe(() => {
    const snapshot = devices.get().value;
    if (snapshot !== null) arrivals.see(snapshot, connection.state.get().epoch);
  });
  return {
    connection,
    client,
    account: followFeed(connection, (signal) => client.account.watch(undefined, { signal })),
    devices,
    arrivals: arrivals.recent,
    tasks: followFeed(connection, (signal) => client.tasks.watch(undefined, { signal })),
    outbox: followFeed(connection, (signal) => client.notifications.watch(undefined, { signal })),
    messages: followFeed(connection, (signal) => client.messages.watch(undefined, { signal })),
    heard: createStore<ReadonlyMap<string, readonly RadioSample[]>>(new Map()),
    settings: followFeed(connection, (signal) => client.settings.watch(undefined, { signal })),
    system,
    lineId: createStore<string | null>(null),
    withoutAccount: createStore(false),
  };
}

const DeskContext = createContext<Desk | null>(null);

/** Gives the desk to everything inside it. */
export function DeskProvider({ desk, children }: { readonly desk: Desk; readonly children: ReactNode }): ReactNode {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The desk. Throws outside of DeskProvider. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk outside of DeskProvider');
  return desk;
}

/** The value of a store or a feed, read again after each change. */
export function useStore<T>(store: { readonly get: () => T; readonly subscribe: (listener: () => void) => () => void }): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

export const useConnectionState = (): ConnectionState => useStore(useDesk().connection.state);
export const useAccount = (): FeedState<AccountSnapshot> => useStore(useDesk().account);
export const useDevices = (): FeedState<DevicesSnapshot> => useStore(useDesk().devices);
export const useOutbox = (): FeedState<readonly OutboxEntry[]> => useStore(useDesk().outbox);
export const useMessages = (): FeedState<MessagesSnapshot> => useStore(useDesk().messages);
export const useTasks = (): FeedState<readonly Task[]> => useStore(useDesk().tasks);
export const useSettings = (): FeedState<Settings> => useStore(useDesk().settings);
export const useSystem = (): SystemDescription | null => useStore(useDesk().system);

/** The line that the person looks at: the chosen one, else the first. */
export function useLine(): AccountSnapshot['lines'][number] | null {
  const lines = useAccount().value?.lines ?? [];
  const chosen = useStore(useDesk().lineId);
  return lines.find((line) => line.lineId === chosen) ?? lines[0] ?? null;
}

const nothing: FeedState<Renewal> = { value: null, failure: null };

/** Follows one renewal while the screen that asks for it is shown. */
export function useRenewal(orderId: string): FeedState<Renewal> {
  const desk = useDesk();
  const [state, setState] = useState(nothing);
  useEffect(() => {
    const feed = followFeed(desk.connection, (signal) => desk.client.renewal.watch({ orderId }, { signal }), { endless: false });
    const leave = feed.subscribe(() => setState(feed.get()));
    return () => {
      leave();
      feed.stop();
    };
  }, [desk, orderId]);
  return state;
}

/** The present time, again every half minute: what is left of a plan moves while the window stays open. */
export function useNow(): Date {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return useMemo(() => new Date(now), [now]);
}
