/** The smallest store that `useSyncExternalStore` can read: one value, told to its listeners after each change. */
export type Store<T> = {
  readonly get: () => T;
  readonly set: (value: T) => void;
  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
};

/** Makes a store that holds `initial`. Setting the value that it already has tells nobody. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
