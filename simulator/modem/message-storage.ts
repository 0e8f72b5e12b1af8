/** `<stat>` in PDU mode (3GPP TS 27.005 §3.1). */
export const messageStats = { unread: 0, read: 1 } as const;
export type KeptMessage = { readonly pdu: string; readonly tpduLength: number; stat: (typeof messageStats)[keyof typeof messageStats] };

/** So many places, counted from 0, each for one PDU. It keeps them without power. */
export type MessageStorage = {
  readonly total: number;
  readonly used: number;
  /** In the order of their places. */
  entries(): readonly (readonly [index: number, message: KeptMessage])[];
  at(index: number): KeptMessage | undefined;
  /** The place, or null where none is free. */
  add(message: KeptMessage): number | null;
  /** An empty place is emptied without a word. */
  remove(index: number): void;
};

export function makeMessageStorage(total: number, kept: readonly (KeptMessage & { readonly index: number })[] = []): MessageStorage {
  const places = new Map<number, KeptMessage>(kept.map(({ index, ...message }) => [index, message]));
  return {
    total,
    get used() {
      return places.size;
    },
    entries: () => [...places].toSorted(([one], [other]) => one - other),
    at: (index) => places.get(index),
    add(message) {
      for (let index = 0; index < total; index += 1) {
        if (places.has(index)) continue;
        places.set(index, message);
        return index;
      }
      return null;
    },
    remove: (index) => void places.delete(index),
  };
}
