/**
 * UCS2 with surrogates, which is what phones send (TS 23.038 §6.2.3 says UCS2, UTF-16 in practice), big end first. Half a character at
 * the end is left out. A lone surrogate stays one: its other half may be in the next part of a long message.
 */
export function decodeUcs2(octets: Uint8Array): string {
  let text = '';
  for (let index = 0; index + 1 < octets.length; index += 2)
    text += String.fromCharCode(((octets[index] ?? 0) << 8) | (octets[index + 1] ?? 0));
  return text;
}

export function encodeUcs2(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    octets[index * 2] = unit >> 8;
    octets[index * 2 + 1] = unit & 0xff;
  }
  return octets;
}
