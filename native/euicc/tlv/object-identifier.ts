import { DeviceError } from '../../errors.ts';

/** An OBJECT IDENTIFIER's content in dotted decimal (ITU-T X.690 §8.19). @throws DeviceError CARD_ANSWER where it is malformed */
export function decodeObjectIdentifier(content: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  let open = true;
  for (const octet of content) {
    value = value * 128 + (octet & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) throw malformed(content);
    open = (octet & 0x80) !== 0;
    if (open) continue;
    arcs.push(value);
    value = 0;
  }
  const [first, ...rest] = arcs;
  if (first === undefined || open) throw malformed(content);
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

function malformed(content: Uint8Array): DeviceError {
  return new DeviceError('CARD_ANSWER', { reason: 'object identifier', length: content.length });
}
