import { decodeSeptets } from '#native/sms/alphabet/gsm7.ts';
import { unpackSeptets } from '#native/sms/alphabet/septets.ts';
import { decodeUcs2 } from '#native/sms/alphabet/ucs2.ts';
import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { whole } from '../readers.ts';

const scopes = ['cell-immediate', 'plmn', 'location-area', 'cell'];

/** Languages of the coding groups 0 and 2 (3GPP TS 23.038 §5). */
const languages = ['de', 'en', 'it', 'fr', 'es', 'nl', 'sv', 'da', 'pt', 'fi', 'no', 'el', 'tr', 'hu', 'pl'];
const moreLanguages = ['cs', 'he', 'ar', 'ru', 'is'];

type Alphabet = 'gsm7' | 'ucs2' | 'data';

/** The data coding scheme of broadcasts (3GPP TS 23.038 §5). */
function codingOf(scheme: number): { readonly alphabet: Alphabet; readonly language: string | null; readonly inText: boolean } {
  const group = scheme >> 4;
  const low = scheme & 0x0f;
  if (group === 0) return { alphabet: 'gsm7', language: languages[low] ?? null, inText: false };
  if (group === 1) return { alphabet: low === 1 ? 'ucs2' : 'gsm7', language: null, inText: low < 2 };
  if (group === 2) return { alphabet: 'gsm7', language: moreLanguages[low] ?? null, inText: false };
  const general = group >= 4 && group <= 7 ? (scheme >> 2) & 3 : group === 15 ? (scheme >> 2) & 1 : 0;
  return { alphabet: general === 2 ? 'ucs2' : general === 1 ? 'data' : 'gsm7', language: null, inText: false };
}

/**
 * A page of a broadcast: serial number, message identifier, coding, page, and up to 82 octets of content (3GPP TS 23.041 §9.4.1.2).
 * Null where it is shorter than its head.
 */
function decodePage(hex: string): ExplainedFields | null {
  if (!/^(?:[0-9A-Fa-f]{2}){7,88}$/.test(hex)) return null;
  const octets = Buffer.from(hex, 'hex');
  const serial = octets.readUInt16BE(0);
  const { alphabet, language, inText } = codingOf(octets[4] ?? 0);
  const page = octets[5] ?? 0;
  const { text, written } = contentOf(octets.subarray(6), alphabet, inText);
  return {
    geoScope: scopes[serial >> 14] ?? null,
    // The two upper bits of the message code, in warnings (§9.4.1.2.1).
    alert: (serial & 0x2000) !== 0,
    popup: (serial & 0x1000) !== 0,
    messageCode: (serial >> 4) & 0xff,
    update: serial & 0x0f,
    channel: octets.readUInt16BE(2),
    partNum: page >> 4,
    numParts: page & 0x0f,
    language: language ?? written,
    text,
  };
}

/** What does not fill a page is filled up with carriage returns. */
function contentOf(
  content: Uint8Array,
  alphabet: Alphabet,
  inText: boolean,
): { readonly text: string | null; readonly written: string | null } {
  if (alphabet === 'data') return { text: null, written: null };
  if (alphabet === 'ucs2') {
    // The language stands in front in two septets, which take two octets.
    const written = inText ? decodeSeptets(unpackSeptets(content.subarray(0, 2), 0, 2)) : null;
    return { text: decodeUcs2(content.subarray(inText ? 2 : 0)).replace(/\r+$/, ''), written };
  }
  const text = decodeSeptets(unpackSeptets(content, 0, Math.floor((content.length * 8) / 7))).replace(/\r+$/, '');
  return inText ? { text: text.slice(3), written: text.slice(0, 2) } : { text, written: null };
}

export const broadcastDecoders: readonly LineDecoder[] = [
  {
    kind: 'cbm-urc',
    names: ['+CBM'],
    specification: '3GPP TS 27.005 §3.4.1; TS 23.041 §9.4.1.2',
    decode(rest) {
      const fields = splitFields(rest);
      const [first = '', channel = ''] = fields;
      if (fields.length === 1) return whole(first) === null ? null : { length: whole(first), pdu: null };
      // In text mode the head is in the line, and the text in the next.
      return whole(channel) === null ? null : { serialNumber: whole(first), channel: whole(channel), pdu: null, text: null };
    },
    body(value, line) {
      if ('length' in value) {
        const page = value['pdu'] === null ? decodePage(line) : null;
        return page === null ? null : { ...value, pdu: line.toUpperCase(), ...page };
      }
      return value['text'] === null ? { ...value, text: line } : null;
    },
  },
];
