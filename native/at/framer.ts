/** What the bytes of a modem are cut into. */
export type AtToken =
  | { readonly kind: 'line'; readonly text: string }
  /** The `> ` of TS 27.005 §3.3.5, which has no line end: the modem waits for a message. */
  | { readonly kind: 'prompt' }
  /** A line longer than the limit; its bytes are gone. */
  | { readonly kind: 'overflow' };

export type AtFramer = {
  /** Cuts the next bytes, however they are split. The cost is linear in their number. */
  push(bytes: Uint8Array): readonly AtToken[];
  /** Only a command that sends a message expects the prompt; at any other time `> ` is text. */
  expectPrompt(expected: boolean): void;
};

/** The longest line that makes sense is an answer to +CGLA with 64 KiB in hex; the usual one is under 600 characters. */
export const maximumLineBytes = 132_000;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const greaterThan = 0x3e;

/**
 * Cuts what a modem sends into lines. `\r\n`, `\r\r\n` (SIMCom), `\n` alone and `\r` alone (the end of an echo, ITU-T V.250 §5.2.3) all
 * end a line; empty lines and bytes that are no text (line noise at opening) disappear.
 */
export function createAtFramer(maximum: number = maximumLineBytes): AtFramer {
  const decoder = new TextDecoder('utf-8');
  let parts: Uint8Array[] = [];
  let size = 0;
  let overflowed = false;
  let promptExpected = false;

  function take(): AtToken | null {
    if (overflowed) {
      overflowed = false;
      return { kind: 'overflow' };
    }
    if (size === 0) return null;
    const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, size);
    parts = [];
    size = 0;
    const text = cleanLine(decoder.decode(bytes));
    return text === '' ? null : { kind: 'line', text };
  }

  function append(bytes: Uint8Array): void {
    if (overflowed || bytes.length === 0) return;
    if (size + bytes.length > maximum) {
      parts = [];
      size = 0;
      overflowed = true;
      return;
    }
    parts.push(bytes);
    size += bytes.length;
    // One byte at a time must not keep thousands of small pieces.
    if (parts.length > 256) parts = [Buffer.concat(parts, size)];
  }

  return {
    push(bytes) {
      const tokens: AtToken[] = [];
      let start = 0;
      for (let index = 0; index < bytes.length; index += 1) {
        const byte = bytes[index];
        if (byte === lineFeed || byte === carriageReturn) {
          append(bytes.slice(start, index));
          start = index + 1;
          const token = take();
          if (token !== null) tokens.push(token);
        } else if (promptExpected && byte === greaterThan && size === 0 && index === start && !overflowed) {
          promptExpected = false;
          start = index + 1;
          tokens.push({ kind: 'prompt' });
        }
      }
      append(bytes.slice(start));
      return tokens;
    },
    expectPrompt(expected) {
      promptExpected = expected;
    },
  };
}

/** Control characters and bytes that are not UTF-8: a modem's text has none, so they are noise of the line. */
// oxlint-disable-next-line no-control-regex -- removing control characters is what it is for
const noise = /[\u0000-\u0008\u000b-\u001f\u007f\ufffd]/g;

function cleanLine(raw: string): string {
  const text = raw.replace(noise, '');
  const trimmed = text.trim();
  // The blank after the colon tells an error without a text from a line that was cut (see `parseFinalResult`).
  return /^\+CM[ES] ERROR:$/.test(trimmed) && /: /.test(text) ? `${trimmed} ` : trimmed;
}
