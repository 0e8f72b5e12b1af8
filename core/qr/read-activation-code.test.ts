import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { array, assert, asyncProperty, constantFrom, nat, oneof, tuple, uint8Array } from 'fast-check';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { beforeAll, expect, it } from 'vitest';
import { isDeviceError } from '#native/errors.ts';
import { LebError } from '#contract/errors.ts';
import { readPictureWithCode } from './read-activation-code.ts';
import { maxPictureLength, readQrCodes } from './read-qr-codes.ts';

const text = 'LPA:1$smdp.example.com$AB-12';

beforeAll(async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
});

async function draw(content: string): Promise<Uint8Array> {
  const { image } = await writeBarcode(content, { format: 'QRCode', scale: 4 });
  if (image === null) throw new Error('nothing was drawn');
  return new Uint8Array(await image.arrayBuffer());
}

it('reads the activation code in a picture', async () => {
  expect(await readPictureWithCode(await draw(text))).toEqual({
    smdpAddress: 'smdp.example.com',
    matchingId: 'AB-12',
    smdpOid: null,
    confirmationCodeRequired: false,
    text,
  });
});

it('says what a picture lacks', async () => {
  await expect(readPictureWithCode(await draw('https://example.com'))).rejects.toMatchObject({ code: 'ACTIVATION_CODE_INVALID' });
  const [cutOff, large] = await Promise.all([draw(text), draw(text)]);
  await expect(readPictureWithCode(Buffer.from('hello'))).rejects.toMatchObject({
    code: 'PICTURE_UNREADABLE',
    details: { reason: 'format' },
  });
  await expect(readPictureWithCode(cutOff.subarray(0, 60))).rejects.toMatchObject({ code: 'QR_CODE_NOT_FOUND' });
  // The head claims a picture of 65,536 by 65,536 points.
  large.set([0, 1, 0, 0, 0, 1, 0, 0], 16);
  await expect(readPictureWithCode(large)).rejects.toMatchObject({ code: 'PICTURE_UNREADABLE', details: { reason: 'tooLarge' } });
  await expect(readPictureWithCode(new Uint8Array(maxPictureLength + 1))).rejects.toMatchObject({ details: { reason: 'tooLarge' } });
});

it('takes any bytes without harm', async () => {
  const picture = await draw(text);
  const heads = [[0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], [0x47, 0x49, 0x46, 0x38], [0x42, 0x4d], []];
  const foreign = tuple(constantFrom(...heads), uint8Array({ maxLength: 400 })).map(([head, rest]) => Uint8Array.from([...head, ...rest]));
  const mutated = array(tuple(nat(picture.length - 1), nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
    const copy = picture.slice();
    for (const [at, value] of changes) copy[at] = value;
    return copy;
  });
  await assert(
    asyncProperty(oneof(foreign, mutated), async (bytes) => {
      try {
        expect(Array.isArray(await readQrCodes(bytes))).toBe(true);
      } catch (error) {
        expect(error instanceof LebError || isDeviceError(error)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});
