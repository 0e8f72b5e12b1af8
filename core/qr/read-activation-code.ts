import type { ActivationCode } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';
import { formatActivationCode, parseActivationCode } from '#native/rsp/activation-code.ts';
import { readQrCodes } from './read-qr-codes.ts';

/** @throws DeviceError ACTIVATION_CODE_INVALID */
export function readActivationCode(text: string): ActivationCode {
  const code = parseActivationCode(text);
  return { ...code, text: formatActivationCode(code) };
}

/**
 * The activation code in a picture. Of several QR codes the first that is one.
 * @throws LebError PICTURE_UNREADABLE, QR_CODE_NOT_FOUND; DeviceError ACTIVATION_CODE_INVALID for a QR code that holds something else
 */
export async function readPictureWithCode(picture: Uint8Array): Promise<ActivationCode> {
  const texts = await readQrCodes(picture);
  let failure: unknown = new LebError('QR_CODE_NOT_FOUND');
  for (const [index, text] of texts.entries()) {
    try {
      return readActivationCode(text);
    } catch (error) {
      if (index === 0) failure = error;
    }
  }
  throw failure;
}
