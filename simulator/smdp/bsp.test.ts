import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { deriveBspKeys, makeBspSender, splitIntoSegments } from './bsp.ts';

/** Outside vectors, of another implementation. They are not part of this repository. */
const vectorFile = new URL('../../../shared/bsp-vectors.json', import.meta.url);
const absent = !existsSync(vectorFile);

const plain = z.union([z.string(), z.object({ start: z.string(), length: z.number() })]);
const step = z.object({
  op: z.enum(['encrypt+mac', 'mac-only']),
  tag: z.string(),
  plain,
  out: z.string().optional(),
  outSha256: z.string().optional(),
});
const vectorSchema = z.object({
  kdf: z.object({ z: z.string(), hostId: z.string(), eid: z.string(), mcv: z.string(), senc: z.string(), smac: z.string() }),
  bsp_session_keys: z.array(step),
  bsp_after_replace_session_keys: z.object({ mcv: z.string(), senc: z.string(), smac: z.string(), steps: z.array(step) }),
});

function bytesOf(given: z.infer<typeof plain>): Uint8Array {
  if (typeof given === 'string') return hexToBytes(given);
  const start = Number.parseInt(given.start, 16);
  return Uint8Array.from({ length: given.length }, (_unused, index) => (7 * index + start) & 255);
}

test.skipIf(absent)('keys and protected TLVs equal those of another implementation (skipped without ../shared/bsp-vectors.json)', () => {
  const vectors = vectorSchema.parse(JSON.parse(readFileSync(vectorFile, 'utf8')));
  const { kdf } = vectors;
  const keys = deriveBspKeys(hexToBytes(kdf.z), hexToBytes(kdf.hostId), hexToBytes(kdf.eid));
  expect([keys.initialMcv, keys.encryption, keys.mac].map((key) => bytesToHex(key).toLowerCase())).toEqual([kdf.mcv, kdf.senc, kdf.smac]);

  const replaced = vectors.bsp_after_replace_session_keys;
  const second = { initialMcv: hexToBytes(replaced.mcv), encryption: hexToBytes(replaced.senc), mac: hexToBytes(replaced.smac) };
  for (const [run, steps] of [
    [keys, vectors.bsp_session_keys],
    [second, replaced.steps],
  ] as const) {
    const sender = makeBspSender(run);
    for (const { op, tag, plain, out, outSha256 } of steps) {
      const [number, content] = [Number.parseInt(tag, 16), bytesOf(plain)];
      const made = op === 'mac-only' ? sender.sign(number, content) : sender.protect(number, content);
      if (out !== undefined) expect(bytesToHex(made).toLowerCase()).toBe(out);
      if (outSha256 !== undefined) expect(createHash('sha256').update(made).digest('hex')).toBe(outSha256);
    }
  }
});

test('segments hold everything, and none is longer than a TLV of 1020 bytes allows', () => {
  const whole = Uint8Array.from({ length: 12_065 }, (_unused, index) => index & 255);
  const segments = splitIntoSegments(whole);
  expect(segments.map((segment) => segment.length)).toEqual([...Array.from({ length: 11 }, () => 1007), 988]);
  expect(Buffer.concat(segments)).toEqual(Buffer.from(whole));
  const keys = { initialMcv: new Uint8Array(16), encryption: new Uint8Array(16), mac: new Uint8Array(16) };
  const sender = makeBspSender(keys);
  expect(segments.map((segment) => sender.protect(0x86, segment).length)).toEqual([...Array.from({ length: 11 }, () => 1020), 1004]);
});
