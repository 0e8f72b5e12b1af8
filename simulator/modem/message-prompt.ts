/** Where a message is typed after `> ` (3GPP TS 27.005 §3.5.1): Ctrl-Z sends it, ESC gives it up. */
export type MessagePrompt = {
  readonly open: boolean;
  /** `take` gets what was typed, or null where it was given up. */
  ask(take: (text: string | null) => void): void;
  /** What was typed; returns what follows the message. */
  type(bytes: Uint8Array): Uint8Array;
  close(): void;
};

const controlZ = 0x1a;
const escape = 0x1b;
const longestMessage = 1024;

export function makeMessagePrompt(): MessagePrompt {
  let waiting: ((text: string | null) => void) | null = null;
  let text = '';
  return {
    get open() {
      return waiting !== null;
    },
    ask(take) {
      text = '';
      waiting = take;
    },
    type(bytes) {
      for (const [index, byte] of bytes.entries()) {
        if (byte === controlZ || byte === escape) {
          const take = waiting;
          waiting = null;
          take?.(byte === escape ? null : text);
          return bytes.subarray(index + 1);
        }
        if (byte > 0x20 && text.length < longestMessage) text += String.fromCharCode(byte);
      }
      return new Uint8Array(0);
    },
    close() {
      waiting = null;
    },
  };
}
