const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false });
const encoder = new TextEncoder();

/**
 * Text that a card or a server wrote, fit to be shown: broken UTF-8 becomes U+FFFD, and what could move the cursor, hide itself or turn
 * the reading direction of its neighbours (controls, line separators, bidirectional and invisible format characters) is left out.
 */
export function decodeText(content: Uint8Array): string {
  return decoder
    .decode(content)
    .replaceAll(/[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu, '')
    .trim();
}

/** UTF-8 bytes. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}
