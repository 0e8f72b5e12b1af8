import { DeviceError } from '#native/errors.ts';

/** The content octets of a dotted OID (ITU-T X.690 §8.19). @throws RangeError where it is none */
export function encodeObjectIdentifier(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  if (!/^[012](\.\d+)+$/.test(dotted) || first === undefined || second === undefined) throw new RangeError(`no OID: ${dotted}`);
  return Uint8Array.from([first * 40 + second, ...rest].flatMap(encodeArc));
}

function encodeArc(arc: number): number[] {
  const octets = [arc % 128];
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) octets.unshift(0x80 | (left % 128));
  return octets;
}

/** The dotted form of the content octets. @throws DeviceError CARD_ANSWER where they end in the middle of a number or are none */
export function decodeObjectIdentifier(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [head, ...rest] = arcs;
  if (head === undefined || (content.at(-1) ?? 0x80) >= 0x80 || !arcs.every(Number.isSafeInteger)) {
    throw new DeviceError('CARD_ANSWER', { reason: 'object identifier', length: content.length });
  }
  const first = Math.min(2, Math.floor(head / 40));
  return [first, head - first * 40, ...rest].join('.');
}
