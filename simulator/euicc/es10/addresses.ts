import { findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { StatusWordError, statusWords } from '../status-word.ts';
import type { Es10Function } from './es10-context.ts';
import { encodeResult, undefinedError } from './result.ts';

/** ES10a.GetEuiccConfiguredAddresses (SGP.22 v2.5 §5.7.3): the default address is left out where there is none. */
export const getConfiguredAddresses: Es10Function = (_request, chip) => {
  const { defaultSmdpAddress, rootSmdsAddress } = chip.state();
  const smdp = defaultSmdpAddress === '' ? [] : [encodeTlv(0x80, encodeText(defaultSmdpAddress))];
  return encodeTlv(0xbf3c, ...smdp, encodeTlv(0x81, encodeText(rootSmdsAddress)));
};

/** ES10a.SetDefaultDpAddress (SGP.22 v2.5 §5.7.4); an empty address removes it. */
export const setDefaultDpAddress: Es10Function = (request, chip) => {
  const address = findChild(request, 0x80);
  if (address === undefined) throw new StatusWordError(statusWords.wrongData);
  const text = decodeStrict(address.value);
  if (text === null || /\s/.test(text)) return encodeResult(0xbf3f, undefinedError);
  chip.save({ ...chip.state(), defaultSmdpAddress: text });
  return encodeResult(0xbf3f, 0);
};

/** Text as a card keeps it: unchanged, or not at all. */
export function decodeStrict(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}
