import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import type { SessionKeys } from './secure-channel.ts';
import { deriveSessionKeys, makeSecureChannel } from './secure-channel.ts';
import { makeSender } from './server.fixture.ts';

const keys: SessionKeys = {
  macChainingValue: new Uint8Array(16).fill(1),
  encryptionKey: new Uint8Array(16).fill(2),
  macKey: new Uint8Array(16).fill(3),
};

describe('what one end protects, the other opens', () => {
  it.each([0, 1, 15, 16, 1007, 1008])('%i octets', (length) => {
    const [send, receive] = [makeSender(keys), makeSecureChannel(keys)];
    const plain = Uint8Array.from({ length }, (_, index) => index & 0xff);
    for (const tag of [0x87, 0x88, 0x86]) expect(receive.open(readTlv(send(tag, plain)))).toEqual(plain);
  });

  it('refuses what was left out, repeated, moved, changed or cut short', () => {
    const send = makeSender(keys);
    const [first, second] = [send(0x86, Uint8Array.of(1)), send(0x86, Uint8Array.of(2))];
    const open = (...objects: readonly Uint8Array[]) => {
      const channel = makeSecureChannel(keys);
      for (const object of objects) channel.open(readTlv(object));
    };
    open(first, second);
    expect(() => open(second)).toThrow(/scp03tSecurityError/);
    expect(() => open(first, first)).toThrow(/scp03tSecurityError/);
    expect(() => open(Uint8Array.of(0x87, ...first.slice(1)))).toThrow(/scp03tSecurityError/);
    expect(() => open(hexToBytes('8607 01020304050607'))).toThrow(/scp03tStructureError/);
    // A right MAC over something that is not a number of blocks.
    const odd = makeSender(keys)(0x88, new Uint8Array(15));
    expect(() => open(Uint8Array.of(0x86, ...odd.slice(1)))).toThrow(/scp03tSecurityError/);
  });
});

const published = join(import.meta.dirname, '../../../../shared/bsp-vectors.json');
const runSchema = z.array(
  z.object({
    tag: z.string(),
    plain: z.union([z.string(), z.object({ start: z.string(), length: z.number() })]),
    out: z.string().optional(),
    outSha256: z.string().optional(),
  }),
);
const vectorSchema = z.object({
  kdf: z.object({ z: z.string(), hostId: z.string(), eid: z.string(), mcv: z.string(), senc: z.string(), smac: z.string() }),
  bsp_session_keys: runSchema,
  bsp_after_replace_session_keys: z.object({ mcv: z.string(), senc: z.string(), smac: z.string(), steps: runSchema }),
});

const read = () => vectorSchema.parse(JSON.parse(readFileSync(published, 'utf8')));
const keysOf = (record: { readonly mcv: string; readonly senc: string; readonly smac: string }): SessionKeys => ({
  macChainingValue: hexToBytes(record.mcv),
  encryptionKey: hexToBytes(record.senc),
  macKey: hexToBytes(record.smac),
});

describe.skipIf(!existsSync(published))('vectors of another implementation (they lie beside the checkout, or this is skipped)', () => {
  it('derives the same keys', () => {
    const { kdf } = read();
    expect(deriveSessionKeys(hexToBytes(kdf.z), hexToBytes(kdf.hostId), kdf.eid)).toEqual(keysOf(kdf));
  });

  it('opens the same objects, before and after new keys', () => {
    const { kdf, bsp_session_keys: before, bsp_after_replace_session_keys: after } = read();
    const runs = [
      [keysOf(kdf), before],
      [keysOf(after), after.steps],
    ] as const;
    for (const [sessionKeys, steps] of runs) {
      const [send, receive] = [makeSender(sessionKeys), makeSecureChannel(sessionKeys)];
      for (const { tag, plain, out, outSha256 } of steps) {
        const bytes =
          typeof plain === 'string'
            ? hexToBytes(plain)
            : Uint8Array.from({ length: plain.length }, (_, index) => (7 * index + Number.parseInt(plain.start, 16)) & 0xff);
        const object = send(Number.parseInt(tag, 16), bytes);
        if (out !== undefined) expect(bytesToHex(object)).toBe(out.toUpperCase());
        if (outSha256 !== undefined) expect(createHash('sha256').update(object).digest('hex')).toBe(outSha256);
        expect(receive.open(readTlv(object))).toEqual(bytes);
      }
    }
  });
});
