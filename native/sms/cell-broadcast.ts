import { hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeSeptets } from './alphabet/gsm7.ts';
import { unpackSeptets } from './alphabet/septets.ts';
import { decodeUcs2 } from './alphabet/ucs2.ts';
import type { SmsAlphabet } from './data-coding.ts';
import { pduInvalid } from './sms-error.ts';

/** Where a message with this number stands for itself (3GPP TS 23.041 §9.4.1.2.1). */
export type GeographicalScope = (typeof scopes)[number];
const scopes = ['cellImmediate', 'plmn', 'locationArea', 'cell'] as const;

/** One page of a message to everybody in a cell: at most 15 pages of 82 octets make one. */
export type BroadcastPage = {
  readonly geographicalScope: GeographicalScope;
  /** Tells messages of one identifier apart; 10 bits, of which warnings use the upper two for alert and popup. */
  readonly messageCode: number;
  /** Counts the changes of one message; 4 bits. */
  readonly updateNumber: number;
  /** What the message is about: the channel that people choose, and from 4370 on warnings (§9.4.1.2.2). */
  readonly messageIdentifier: number;
  readonly page: number;
  readonly pages: number;
  /** ISO 639 where the coding names it. */
  readonly language: string | null;
  /** Null where it is data for a program. */
  readonly text: string | null;
};

/** Serial number, message identifier, coding and page. */
const headOctets = 6;
const mostOctets = 88;

/**
 * A page as modems pass it in PDU mode (3GPP TS 23.041 §9.4.1.2; TS 27.005 §3.4.1): the head, and up to 82 octets of content.
 * @throws DeviceError SMS_PDU_INVALID
 */
export function decodeBroadcastPage(hex: string): BroadcastPage {
  if (hex.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(hex) || hex.length > 2 * mostOctets) throw pduInvalid('hex', 0);
  const octets = hexToBytes(hex);
  if (octets.length <= headOctets) throw pduInvalid('cut', octets.length, 'content');
  const [high = 0, low = 0, identifierHigh = 0, identifierLow = 0, coding = 0, place = 0] = octets;
  const { alphabet, language, languageInText } = broadcastCoding(coding);
  const content = contentOf(octets.subarray(headOctets), alphabet, languageInText);
  // Half a page parameter is none: the message then has one page (§9.4.1.2.4).
  const [page, pages] = place >> 4 === 0 || (place & 0x0f) === 0 ? [1, 1] : [place >> 4, place & 0x0f];
  return {
    geographicalScope: scopes[high >> 6] ?? 'cell',
    messageCode: ((high & 0x3f) << 4) | (low >> 4),
    updateNumber: low & 0x0f,
    messageIdentifier: (identifierHigh << 8) | identifierLow,
    page,
    pages,
    language: language ?? content.language,
    text: content.text,
  };
}

/** Languages of the coding groups 0 and 2 (3GPP TS 23.038 §5). */
const languages = ['de', 'en', 'it', 'fr', 'es', 'nl', 'sv', 'da', 'pt', 'fi', 'no', 'el', 'tr', 'hu', 'pl'];
const moreLanguages = ['cs', 'he', 'ar', 'ru', 'is'];

type BroadcastCoding = { readonly alphabet: SmsAlphabet; readonly language: string | null; readonly languageInText: boolean };

/** The data coding scheme of broadcasts, which is not that of messages (3GPP TS 23.038 §5). */
function broadcastCoding(scheme: number): BroadcastCoding {
  const [group, low] = [scheme >> 4, scheme & 0x0f];
  if (group === 0) return { alphabet: 'gsm7', language: languages[low] ?? null, languageInText: false };
  if (group === 1) return { alphabet: low === 1 ? 'ucs2' : 'gsm7', language: null, languageInText: low < 2 };
  if (group === 2) return { alphabet: 'gsm7', language: moreLanguages[low] ?? null, languageInText: false };
  // A user data header stands in front of what group 9 carries: no text by itself.
  if (group === 9) return { alphabet: 'data8', language: null, languageInText: false };
  const bits = group >= 4 && group <= 7 ? (scheme >> 2) & 3 : group === 15 ? (scheme >> 2) & 1 : 0;
  return { alphabet: bits === 2 ? 'ucs2' : bits === 1 ? 'data8' : 'gsm7', language: null, languageInText: false };
}

/** What does not fill a page is filled up with carriage returns. */
function contentOf(octets: Uint8Array, alphabet: SmsAlphabet, languageInText: boolean): Pick<BroadcastPage, 'text' | 'language'> {
  switch (alphabet) {
    case 'data8':
      return { text: null, language: null };
    case 'ucs2': {
      // The language stands in front in two septets, which take two octets.
      const language = languageInText ? decodeSeptets(unpackSeptets(octets.subarray(0, 2), 0, 2)) : null;
      return { text: withoutFill(decodeUcs2(octets.subarray(languageInText ? 2 : 0))).toWellFormed(), language };
    }
    default: {
      const text = withoutFill(decodeSeptets(unpackSeptets(octets)));
      // Two letters and a carriage return.
      return languageInText ? { text: text.slice(3), language: text.slice(0, 2) } : { text, language: null };
    }
  }
}

function withoutFill(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '\r') end -= 1;
  return text.slice(0, end);
}
