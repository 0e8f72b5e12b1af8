import { isDeviceError } from '#native/errors.ts';
import { decodeBroadcastPage, type BroadcastPage } from '#native/sms/cell-broadcast.ts';
import { afterPrefix, splitFields, wholeNumber } from '../line-fields.ts';

/** What a modem says of messages by itself (3GPP TS 27.005 §3.4.1). */
export type MessageNews =
  /** A message, or a report, lies at a place. */
  | { readonly kind: 'stored'; readonly storage: string; readonly index: number }
  /** It is not stored: this is all there is of it. */
  | { readonly kind: 'direct'; readonly pdu: string };

/** A page of a message to everybody in the cell; it is never stored. */
export type BroadcastNews = { readonly kind: 'broadcast'; readonly page: BroadcastPage };

export type MessageNewsReader = {
  /** What a line says, or null where it says nothing of messages or is only the first of two. */
  note(line: string): MessageNews | BroadcastNews | null;
};

/** Takes the lines in their order: what comes directly has its PDU in the line after. */
export function createMessageNewsReader(): MessageNewsReader {
  /** What the next line is. */
  let awaited: 'direct' | 'broadcast' | null = null;
  return {
    note(line) {
      if (awaited !== null) {
        const kind = awaited;
        awaited = null;
        if (kind === 'broadcast') return broadcastOf(line);
        return /^[0-9A-F]{4,}$/i.test(line) ? { kind, pdu: line.toUpperCase() } : null;
      }
      const stored = afterPrefix(line, '+CMTI') ?? afterPrefix(line, '+CDSI');
      if (stored !== null) {
        const [storage = '', index] = splitFields(stored);
        const number = wholeNumber(index);
        return /^[A-Z]{2}$/.test(storage) && number !== null ? { kind: 'stored', storage, index: number } : null;
      }
      if (afterPrefix(line, '+CMT') !== null || isLength(afterPrefix(line, '+CDS'))) awaited = 'direct';
      else if (isLength(afterPrefix(line, '+CBM'))) awaited = 'broadcast';
      return null;
    },
  };
}

/** In PDU mode nothing but the length stands in front of a PDU. */
function isLength(rest: string | null): boolean {
  return rest !== null && /^\d+$/.test(rest);
}

function broadcastOf(line: string): BroadcastNews | null {
  try {
    return { kind: 'broadcast', page: decodeBroadcastPage(line) };
  } catch (error) {
    if (isDeviceError(error)) return null;
    throw error;
  }
}
