import { afterPrefix, splitFields, wholeNumber } from '../line-fields.ts';

/** What a modem says of messages by itself (3GPP TS 27.005 §3.4.1). */
export type MessageNews =
  /** A message, or a report, lies at a place. */
  | { readonly kind: 'stored'; readonly storage: string; readonly index: number }
  /** It is not stored: this is all there is of it. */
  | { readonly kind: 'direct'; readonly pdu: string };

export type MessageNewsReader = {
  /** What a line says, or null where it says nothing of messages or is only the first of two. */
  note(line: string): MessageNews | null;
};

/** Takes the lines in their order: what comes directly has its PDU in the line after. */
export function createMessageNewsReader(): MessageNewsReader {
  let awaitsPdu = false;
  return {
    note(line) {
      if (awaitsPdu) {
        awaitsPdu = false;
        return /^[0-9A-F]{4,}$/i.test(line) ? { kind: 'direct', pdu: line.toUpperCase() } : null;
      }
      const stored = afterPrefix(line, '+CMTI') ?? afterPrefix(line, '+CDSI');
      if (stored !== null) {
        const [storage = '', index] = splitFields(stored);
        const number = wholeNumber(index);
        return /^[A-Z]{2}$/.test(storage) && number !== null ? { kind: 'stored', storage, index: number } : null;
      }
      awaitsPdu = afterPrefix(line, '+CMT') !== null || /^\d+$/.test(afterPrefix(line, '+CDS') ?? '');
      return null;
    },
  };
}
