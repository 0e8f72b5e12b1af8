import type { CarrierStore } from './store.ts';

const pollMilliseconds = 250;
const longestPause = 30_000;
const maximumTries = 20;
const answerDeadline = 5000;

export type ForwardedMessage = { readonly key: string; readonly to: string; readonly text: string };

/** Carries text messages on to `<smsUrl>` one by one, again with growing pauses until they are taken. They wait in the store meanwhile. */
export class MessageForwarder {
  readonly #store: CarrierStore;
  readonly #smsUrl: string;
  readonly #now: () => number;
  readonly #onTaken: (message: ForwardedMessage) => void;
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | null = null;

  constructor(store: CarrierStore, smsUrl: string, now: () => number, onTaken: (message: ForwardedMessage) => void) {
    this.#onTaken = onTaken;
    this.#store = store;
    this.#smsUrl = smsUrl;
    this.#now = now;
    this.#timer = setInterval(() => this.wake(), pollMilliseconds);
  }

  wake(): void {
    if (this.#abort.signal.aborted) return;
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#abort.abort();
    await this.#running;
  }

  async #work(): Promise<void> {
    for (const { message, tries } of this.#store.dueMessages(this.#now())) {
      const taken = await this.#send({ key: message.key, to: message.to, text: message.text });
      if (this.#abort.signal.aborted) return;
      if (taken) this.#onTaken(message);
      const over = taken || tries + 1 >= maximumTries;
      this.#store.settleMessage(message.key, tries + 1, over ? null : this.#now() + Math.min(longestPause, 500 * 2 ** tries));
    }
  }

  async #send(body: object): Promise<boolean> {
    try {
      const answer = await fetch(this.#smsUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(answerDeadline)]),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false; // Not reachable now: it is tried again.
    }
  }
}
