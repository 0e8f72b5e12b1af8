/** What it takes to find out whether a modem listens again. */
export type ModemToRegain = {
  /** Ends a message prompt; elsewhere it does nothing. */
  escape(): void;
  /** Resolves when the line has been quiet for a while. */
  settled(): Promise<void>;
  /** Sends `AT`; whether an answer came in time. */
  ping(): Promise<boolean>;
  /** Whether the modem echoes is not known any more. */
  doubtEcho(): void;
  readonly closed: boolean;
};

const attempts = 3;

/**
 * After a missed deadline the answer may still come. Nothing new is sent before the line has been quiet for a moment and the modem has
 * answered `AT`; whatever comes until then belongs to the command that was given up.
 * @param promptMayBeOpen a message prompt of ours that came too late, or one that somebody left open
 * @returns whether the modem answers
 */
export async function regainModem(modem: ModemToRegain, promptMayBeOpen: boolean): Promise<boolean> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if ((attempt === 1 && promptMayBeOpen) || attempt === attempts) modem.escape();
    await modem.settled();
    if (modem.closed) return false;
    if (attempt > 1) modem.doubtEcho();
    if (await modem.ping()) {
      await modem.settled();
      return true;
    }
  }
  return false;
}
