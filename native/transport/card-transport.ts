/**
 * The first of the two small interfaces that everything above talks to: places where a card can lie.
 * PC/SC implements it, and so does the virtual bench; nothing above can tell them apart but by `virtual`.
 */
export type ReaderSnapshot = {
  /** Name as the system gives it, unique within the transport. */
  readonly name: string;
  readonly card: 'empty' | 'present' | 'mute' | 'held'; // held: another program has the card exclusively
  /** Answer to reset, where a card is present and speaks. */
  readonly atr: Uint8Array | null;
};

export type CardTransportState =
  | { readonly available: true; readonly readers: readonly ReaderSnapshot[] }
  /** `reason` says which rung of the ladder is missing. */
  | { readonly available: false; readonly reason: 'PCSC_MISSING' | 'PCSC_SERVICE_DOWN' };

export type CardTransport = {
  readonly id: string;
  readonly virtual: boolean;
  /** The state now and then after every change (plug, unplug, insert, remove, service up or down), until `signal` aborts. */
  watch(signal: AbortSignal): AsyncIterable<CardTransportState>;
  /**
   * Powers the card up and holds it exclusively.
   * @throws DeviceError PCSC_*, READER_GONE, NO_CARD, CARD_BUSY, CARD_MUTE
   */
  connect(readerName: string): Promise<CardConnection>;
};

export type CardConnection = {
  readonly atr: Uint8Array;
  readonly protocol: 'T=0' | 'T=1';
  /**
   * One command APDU (ISO 7816-4 short form) and its response with SW1 SW2, at most 258 bytes; nothing is retried or reassembled here.
   * @throws DeviceError CARD_REMOVED, READER_GONE, CARD_MUTE — within two seconds of the fact
   */
  transmit(command: Uint8Array): Promise<Uint8Array>;
  /** Cold reset: power off and on. Channels, selections and sessions on the card are lost. */
  powerCycle(): Promise<void>;
  /** Gives the card back. Never throws, may be called twice. */
  close(): Promise<void>;
};
