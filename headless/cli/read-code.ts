import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { ActivationCode } from '#contract/desk/devices.ts';
import type { Desk } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import type { Words } from './words.ts';

const largestFile = 8 * 1024 * 1024;
const largestText = 8192;

/**
 * The activation code that a person means: the text itself, `-` for what comes on standard input, or the path of a file. What holds no text
 * is taken for a picture with a QR code.
 * @throws UsageError where nothing usable is there; LebError ACTIVATION_CODE_INVALID, PICTURE_UNREADABLE, QR_CODE_NOT_FOUND
 */
export async function readCode(desk: Desk, words: Words, given: string): Promise<ActivationCode> {
  const bytes = given === '-' ? await readAll(process.stdin) : await readFileOf(given);
  if (bytes === null) {
    // A code names a server and has no slash and no ending: this was meant to be a file.
    if (/[\\/]|\.(?:png|jpe?g|gif|bmp|txt)$/iu.test(given)) throw new UsageError(words.say('usage.noFile', { value: given }));
    return desk.profiles.readActivationCode({ text: given });
  }
  if (bytes === 'tooLarge' || bytes.length > largestFile) throw new UsageError(words.say('usage.fileTooLarge', { value: given }));
  return isUtf8(bytes) && bytes.length <= largestText
    ? desk.profiles.readActivationCode({ text: bytes.toString('utf8').trim() })
    : desk.profiles.readPicture({ base64: bytes.toString('base64') });
}

async function readFileOf(path: string): Promise<Buffer | 'tooLarge' | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const found = await file.stat();
    if (found.isDirectory()) return null;
    if (found.size > largestFile) return 'tooLarge';
    return await readAll(file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

/** Everything, or a little more than what is taken. */
async function readAll(stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    size += bytes.length;
    if (size > largestFile) break;
  }
  return Buffer.concat(parts);
}
