/**
 * A way to a card, whatever lies between: a reader (APDUs on logical channels) or a modem (AT commands that carry APDUs).
 * The ES10 layer sees only this.
 */
export type CardAccess = {
  readonly via: 'reader' | 'modem';
  /** Largest STORE DATA block that is known to pass, in bytes (SGP.22 v2.5 §5.7.2); the ES10 layer steps down from it. */
  readonly maxBlock: number;
  /** Begins with blocks of this size from now on: longer ones were refused. */
  keepBlock(bytes: number): void;
  /** Answer to reset, where the way to the card shows it: a reader does, a modem does not. */
  readonly atr?: Uint8Array;
  /**
   * Opens a logical channel and selects the application.
   * @throws DeviceError NOT_AN_EUICC where the card does not know the AID; CHANNEL_UNAVAILABLE; the transport's own codes
   */
  openChannel(aid: Uint8Array): Promise<ApduChannel>;
  /**
   * One raw command on the basic channel, answered exactly as the card does, with its status word; nothing is followed. Left out where
   * the way has no such thing: a modem keeps the basic channel to itself.
   */
  transmit?(command: Uint8Array): Promise<Uint8Array>;
  /**
   * Makes the terminal notice what has changed on the card: a power cycle in a reader, the modem's own way otherwise. All channels are lost.
   * Resolves when the card can be used again.
   * @param done a step that has been taken already: it is waited for what comes of it, and remembered if that is the goal
   */
  refresh(goal: RefreshGoal, done?: RefreshStep): Promise<RefreshOutcome>;
  /** The last resort: the terminal starts anew and comes back. All channels are lost. Left out where a refresh always helps. */
  restart?(goal: RefreshGoal): Promise<RefreshOutcome>;
  /**
   * Closes the channels that may have been left open on the card, whoever opened them: for a person who has confirmed that nobody needs them. Left out
   * where the card is ours alone.
   */
  freeChannels?(): Promise<void>;
  /** Never throws, may be called twice. */
  close(): Promise<void>;
};

/** What a terminal has to notice: this profile is enabled, or is not any more. `reset`: nothing, but the card is to begin anew. */
export type RefreshGoal =
  | { readonly kind: 'enabled'; readonly iccid: string }
  | { readonly kind: 'disabled'; readonly iccid: string }
  | { readonly kind: 'reset' };

/**
 * What made it notice. `byItself`: the modem followed the card's REFRESH (ETSI TS 102 223 §6.4.7). The others are steps of ours, from the gentlest
 * to the rudest: radio off and on, card off and on, the vendor's command for the power of the card, restart.
 */
export const refreshSteps = ['powerCycle', 'byItself', 'radioOffOn', 'cardOffOn', 'cardPower', 'restart'] as const;
export type RefreshStep = (typeof refreshSteps)[number];
export type RefreshOutcome = RefreshStep | 'unnoticed';

export type ApduChannel = {
  /** What SELECT answered (the FCI), without the status word. */
  readonly selectResponse: Uint8Array;
  /**
   * Sends one command. The class byte's channel bits are set by the channel; 61xx and 6Cxx are followed to the end, so that
   * `data` is the whole answer and `sw` its last status word.
   */
  transmit(command: CommandApdu): Promise<ResponseApdu>;
  /** Never throws, may be called twice. */
  close(): Promise<void>;
};

export type CommandApdu = {
  /** Class byte for the basic channel: 0x00 interindustry, 0x80 proprietary. */
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array; // at most 255 bytes
  readonly le?: number; // 0 = 256; left out: no Le byte
  /** What would cost a GET RESPONSE is left with the card, which forgets it with the next command (ISO 7816-3 §12.2.1); 61xx then counts as 9000. */
  readonly leaveAnswer?: boolean;
};

export type ResponseApdu = { readonly data: Uint8Array; readonly sw: number };
