import { crc32, deflateSync } from 'node:zlib';
import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';

/** Width and height that the field agrees on for profile icons (SGP.22 v2.5 §4.4). */
const edge = 64;
const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * A PNG of 64 × 64 pixels, far below the 1024 bytes that a profile's icon may have: a disc with a smaller one cut out of it.
 * @param colour six hex digits, RRGGBB
 */
export function drawIcon(colour: string): Uint8Array {
  const number = Number.parseInt(colour, 16);
  const palette = Uint8Array.of(0xff, 0xff, 0xff, number >> 16, (number >> 8) & 0xff, number & 0xff);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, edge);
  view.setUint32(4, edge);
  // One bit a pixel, by palette; the other methods have only the value 0 (PNG §11.2.2).
  header.set([1, 3, 0, 0, 0], 8);
  return concatBytes(
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('tRNS', Uint8Array.of(0)),
    chunk('IDAT', deflateSync(drawRows())),
    chunk('IEND', new Uint8Array(0)),
  );
}

/** Rows of eight octets, each after its filter type 0. */
function drawRows(): Uint8Array {
  const stride = 1 + edge / 8;
  const rows = new Uint8Array(stride * edge);
  for (let y = 0; y < edge; y += 1) {
    for (let x = 0; x < edge; x += 1) {
      const inDisc = Math.hypot(x - 31.5, y - 31.5) < 30;
      const inHole = Math.hypot(x - 40, y - 24) < 12;
      const at = y * stride + 1 + (x >> 3);
      if (inDisc && !inHole) rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return rows;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const body = concatBytes(encodeText(type), content);
  const frame = new Uint8Array(4);
  new DataView(frame.buffer).setUint32(0, content.length);
  const check = new Uint8Array(4);
  new DataView(check.buffer).setUint32(0, crc32(body));
  return concatBytes(frame, body, check);
}
