import type { FinalResult } from './final-result.ts';
import type { AtPriority } from './request-queue.ts';

export type AtRequest = {
  /** One line without its line end. */
  readonly line: string;
  /** From the moment the line is written; the command's usual deadline where it is left out. */
  readonly timeoutMs?: number;
  readonly priority?: AtPriority;
  /** What is sent, followed by Ctrl-Z, when the modem prompts for a message. */
  readonly payload?: Uint8Array;
  /** For a command that any character ends early (ITU-T V.250 §5.6.1): the final result then comes at once, where the modem knows that. */
  readonly signal?: AbortSignal;
};

export type AtExchange = { readonly lines: readonly string[]; readonly final: FinalResult };

export type AtChannelTimings = {
  /** After a missed deadline: how long the line must be quiet before it is trusted again. */
  readonly quietMs: number;
  /**
   * Between an answer and the next command: how long the line must be quiet, so that what a modem has kept back can come out. Polling always
   * waits for it, the person's commands only where the modem does not echo, which would tell one answer from another.
   */
  readonly gapMs: number;
  /** Deadline of the `AT` that finds out whether the modem listens again. */
  readonly pingMs: number;
  /** How long polling waits while the port is reserved. */
  readonly heldPollMs: number;
  /** How long the modem may take to prompt for a message; its answer to the message has the command's own deadline. */
  readonly promptMs: number;
};
export const usualTimings: AtChannelTimings = { quietMs: 200, gapMs: 20, pingMs: 2_000, heldPollMs: 10_000, promptMs: 10_000 };

export type AtChannel = {
  /**
   * Sends one line and returns its answer whatever the final result; one command is under way at a time, the person's before polling.
   * @throws DeviceError AT_TIMEOUT, AT_ANSWER (an answer without end), PORT_CLOSED, DEVICE_BUSY (polling while reserved)
   */
  exchange(request: AtRequest): Promise<AtExchange>;
  /** The same, where everything but success is an error. @throws also DeviceError AT_ERROR, CME_ERROR, CMS_ERROR, NO_CARRIER */
  request(request: AtRequest): Promise<AtExchange>;
  /** Keeps polling off the port until the returned function is called. */
  holdPolling(): () => void;
  readonly commandCount: number;
  readonly closed: boolean;
  /** Never throws, may be called twice. */
  close(): Promise<void>;
};
