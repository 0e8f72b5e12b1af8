/** Takes what the bytes of a modem are cut into. */
export type AtFramerListener = {
  onLine(text: string): void;
  /** The `> ` of TS 27.005 §3.3.5, which has no line end: the modem waits for a message. */
  onPrompt(): void;
  /** A line longer than the limit; its bytes are gone. */
  onOverflow(): void;
};

export type AtFramer = {
  /** Cuts the next bytes, however they are split. The cost is linear in their number. */
  push(bytes: Uint8Array): void;
  /** Only a command that sends a message expects the prompt; at any other time `> ` is text. Takes effect from the next line on. */
  expectPrompt(expected: boolean): void;
};

/** The longest line that makes sense is an answer to +CGLA with 64 KiB in hex; the usual one is under 600 characters. */
export const maximumLineBytes = 132_000;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;
const greaterThan = 0x3e;
const tilde = 0x7e;

/**
 * Cuts what a modem sends into lines. `\r\n`, `\r\r\n` (SIMCom), `\n` alone and `\r` alone (the end of an echo, ITU-T V.250 §5.2.3) all
 * end a line; empty lines and bytes that are no text (line noise at opening) disappear.
 */
export function createAtFramer(listener: AtFramerListener, maximum: number = maximumLineBytes): AtFramer {
  /** The beginning of a line whose end has not come yet, a character for each byte. */
  let begun = '';
  let begunPlain = true;
  let overflowed = false;
  let promptExpected = false;

  function onLine(raw: string, plain: boolean): void {
    if (overflowed || raw.length > maximum) {
      overflowed = false;
      listener.onOverflow();
    } else if (plain && raw.charCodeAt(0) > blank && raw.charCodeAt(raw.length - 1) > blank) {
      listener.onLine(raw);
    } else {
      const text = cleanLine(raw);
      if (text !== '') listener.onLine(text);
    }
  }

  return {
    push(bytes) {
      // A character for each byte, at once: what is not ASCII is decoded line by line, where there is any.
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
      let start = 0;
      let plain = begunPlain;
      for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index);
        if (code === greaterThan && promptExpected && index === start && begun === '' && !overflowed) {
          promptExpected = false;
          start = index + 1;
          listener.onPrompt();
        } else if (code >= blank && code <= tilde) {
          continue;
        } else if (code === lineFeed || code === carriageReturn) {
          if (begun !== '' || overflowed) {
            const raw = begun + text.slice(start, index);
            begun = '';
            onLine(raw, plain);
          } else if (index > start) onLine(text.slice(start, index), plain);
          start = index + 1;
          plain = true;
        } else plain = false;
      }
      begunPlain = plain;
      if (!overflowed && start < text.length) begun += text.slice(start);
      if (begun.length > maximum) {
        begun = '';
        overflowed = true;
      }
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
  const text = (/[\u0080-\u00ff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw).replace(noise, '');
  const trimmed = text.trim();
  // The blank after the colon tells an error without a text from a line that was cut (see `parseFinalResult`).
  return /^\+CM[ES] ERROR:$/.test(trimmed) && /: /.test(text) ? `${trimmed} ` : trimmed;
}
