import { StatusWordError, statusWords } from './status-word.ts';

/** A command APDU taken apart (ISO/IEC 7816-4 §5.1, short form only). */
export type Command = {
  readonly channel: number;
  readonly proprietary: boolean;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** 1…256, or null where the command has no Le. */
  readonly le: number | null;
};

/** @throws StatusWordError 6700, 6882, 6884, 6E00 */
export function parseCommand(bytes: Uint8Array): Command {
  const [cla, ins, p1, p2, p3] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) throw new StatusWordError(statusWords.wrongLength);
  const header = { ...parseClass(cla), ins, p1, p2 };
  if (p3 === undefined) return { ...header, data: new Uint8Array(), le: null };
  if (bytes.length === 5) return { ...header, data: new Uint8Array(), le: p3 === 0 ? 256 : p3 };
  const data = bytes.slice(5, 5 + p3);
  // P3 = 00 with something behind it would be an extended length, which no part of ES10 uses.
  if (p3 === 0 || data.length !== p3 || bytes.length > 6 + p3) throw new StatusWordError(statusWords.wrongLength);
  const last = bytes[5 + p3];
  return { ...header, data, le: last === undefined ? null : last === 0 ? 256 : last };
}

/** Channels 0…3 stand in the low bits of the first classes, 4…19 in the further ones (ETSI TS 102 221 §10.1.1). */
function parseClass(cla: number): { readonly channel: number; readonly proprietary: boolean } {
  switch (cla & 0xf0) {
    case 0x00:
    case 0x80:
      if ((cla & 0x0c) !== 0) throw new StatusWordError(statusWords.secureMessagingNotSupported);
      return { channel: cla & 0x03, proprietary: cla >= 0x80 };
    case 0x40:
    case 0xc0:
      return { channel: 4 + (cla & 0x0f), proprietary: cla >= 0x80 };
    case 0x10:
    case 0x90:
      throw new StatusWordError(statusWords.chainingNotSupported);
    case 0x60:
    case 0xe0:
      throw new StatusWordError(statusWords.secureMessagingNotSupported);
    default:
      throw new StatusWordError(statusWords.wrongClass);
  }
}

/** The class byte that puts `cla` of the basic channel on another channel. */
export function classForChannel(cla: number, channel: number): number {
  const proprietary = cla & 0x80;
  return channel < 4 ? proprietary | channel : proprietary | 0x40 | (channel - 4);
}
