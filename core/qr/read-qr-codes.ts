import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { ReaderOptions, ReadResult } from 'zxing-wasm/reader';
import { LebError } from '#contract/errors.ts';

/** A photograph of a letter is some megabytes; nothing that anybody means is more. */
export const maxPictureLength = 8 * 1024 * 1024;
/** Unpacked: a small file can claim to be a huge picture. */
const maxPixels = 50_000_000;

/**
 * The texts of all QR codes in a picture file (PNG, JPEG, GIF, BMP), read inside of WebAssembly, where a malformed file can do no harm.
 * @throws LebError PICTURE_UNREADABLE, with details.reason; an empty list where there is no code
 */
export async function readQrCodes(picture: Uint8Array): Promise<readonly string[]> {
  if (picture.length > maxPictureLength) throw new LebError('PICTURE_UNREADABLE', { reason: 'tooLarge' });
  const size = pictureSize(picture);
  if (size === null) throw new LebError('PICTURE_UNREADABLE', { reason: 'format' });
  if (size.width * size.height > maxPixels) throw new LebError('PICTURE_UNREADABLE', { reason: 'tooLarge' });
  const readBarcodes = await loadReader();
  try {
    const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 8 });
    return found.filter(({ isValid }) => isValid).map(({ text }) => text);
  } catch (cause) {
    throw new LebError('PICTURE_UNREADABLE', { reason: 'damaged' }, { cause });
  }
}

type ReadBarcodes = (input: Uint8Array, options: ReaderOptions) => Promise<ReadResult[]>;
let loading: Promise<ReadBarcodes> | null = null;

/** Loaded when the first picture comes. The WebAssembly lies beside the package: without this it would be fetched from a network. */
function loadReader(): Promise<ReadBarcodes> {
  loading ??= (async () => {
    const reader = await import('zxing-wasm/reader');
    const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    reader.prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
    return reader.readBarcodes;
  })().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Width and height as the file's head says them; null for a file that is no picture of a kind that is read. */
function pictureSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const startsWith = (...head: readonly number[]): boolean => head.every((byte, index) => bytes[index] === byte);
  if (startsWith(0x89, 0x50, 0x4e, 0x47) && bytes.length >= 24) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (startsWith(0x47, 0x49, 0x46, 0x38) && bytes.length >= 10) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (startsWith(0x42, 0x4d) && bytes.length >= 26)
    return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  return startsWith(0xff, 0xd8, 0xff) ? jpegSize(view) : null;
}

/** The first frame header (ITU-T T.81 §B.2.2) tells; segments before it are skipped. */
function jpegSize(view: DataView): { readonly width: number; readonly height: number } | null {
  for (let offset = 2; offset + 9 <= view.byteLength;) {
    if (view.getUint8(offset) !== 0xff) return null;
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) };
    offset += 2 + view.getUint16(offset + 2);
  }
  return null;
}
