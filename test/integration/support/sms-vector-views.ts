import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeAddress, encodeServiceCentre, readAddress, readServiceCentre, toAddress } from '#native/sms/address.ts';
import { decodeSeptets, defaultTables, encodeSeptets } from '#native/sms/alphabet/gsm7.ts';
import { packSeptets, packUssdSeptets, unpackSeptets, unpackUssdSeptets } from '#native/sms/alphabet/septets.ts';
import { decodeUcs2, encodeUcs2 } from '#native/sms/alphabet/ucs2.ts';
import { assembleParts, joinText } from '#native/sms/assemble-parts.ts';
import { decodeDataCoding } from '#native/sms/data-coding.ts';
import { OctetReader } from '#native/sms/octet-reader.ts';
import { decodeDigits, encodeDigits } from '#native/sms/semi-octets.ts';
import type { SmsMessage } from '#native/sms/sms-message.ts';
import { planText } from '#native/sms/text-plan.ts';
import { decodeTimestamp, encodeTimestamp, timestampLength } from '#native/sms/timestamp.ts';
import { describeElements, readElements } from '#native/sms/user-data-header.ts';
import { decodeContent, type UserData } from '#native/sms/user-data.ts';
import {
  encodeValidityPeriod,
  readValidityPeriod,
  relativeSeconds,
  type ValidityFormat,
  type ValidityPeriod,
} from '#native/sms/validity-period.ts';
import {
  addressFrom,
  decode,
  encodeTpduView,
  messageFrom,
  submit,
  viewAddress,
  viewMessage,
  type Element,
  type SmsVector,
  type View,
  type WireNumber,
} from './sms-message-views.ts';

const text = (value: unknown): string => String(value);
const bytes = (value: unknown): Uint8Array => hexToBytes(text(value));

/** One suite writes the hexadecimal identifiers of the national tables as decimal digits. */
function elementsFrom(elements: readonly Element[]): ReturnType<typeof describeElements> {
  return describeElements(elements.map(({ id, data }) => ({ id: id === 24 || id === 25 ? id + 12 : id, data: bytes(data) })));
}

function userDataFrom(dcs: number, elements: readonly Element[], content: Uint8Array): UserData {
  const { alphabet } = decodeDataCoding(dcs);
  const header = elementsFrom(elements);
  return { alphabet, compressed: false, header, content, text: decodeContent(alphabet, header, content), cut: false };
}

function tablesOf({ nationalLanguageLocking, nationalLanguageShift }: SmsVector): typeof defaultTables {
  return {
    locking: nationalLanguageLocking === 'Turkish' ? 'turkish' : null,
    singleShift: nationalLanguageShift === 'Turkish' ? 'turkish' : null,
  };
}

function septetsOf(source: string, tables = defaultTables): Uint8Array {
  const septets = encodeSeptets(source, tables);
  if (septets === null) throw new RangeError('not of the alphabet');
  return septets;
}

export const views: Readonly<Record<string, View>> = {
  decode,
  'sms-pdu': decode,
  'sms-tpdu': decode,
  'cmgr-pdu': ({ input }) => viewMessage(text(input).split(/\r\n/)[2] ?? '', {}),
  'sms-pdu-mode-split': ({ input }) => {
    const reader = new OctetReader(bytes(input));
    const smsc = readServiceCentre(reader);
    return { smsc: smsc === null ? null : viewAddress(smsc), tpdu: bytesToHex(reader.take(reader.left, 'tpdu')) };
  },
  encode: (vector) => (vector.suite === 'warthog618' ? encodeTpduView(vector) : submit(vector)),
  'sms-submit': submit,
  'sms-submit-concat': submit,
  'sms-tpdu-encode': encodeTpduView,
  'sms-split': ({ input }) => {
    const { parts, alphabet } = planText(text(input));
    return { parts, charset: alphabet === 'gsm7' ? 'gsm' : 'utf16' };
  },
  'sms-counter': ({ input }) => {
    const plan = planText(text(input), { alphabet: 'gsm7', languages: ['urdu'] });
    const room = plan.unitsUsed + plan.unitsLeft;
    return {
      Encoding: '7BIT_EX',
      Messages: plan.parts.length,
      Tlen: plan.unitsUsed,
      Llen: plan.unitsUsed,
      Pdulen: room,
      Remaining: plan.unitsLeft,
    };
  },
  'sms-address-decode': ({ input }) => {
    const reader = new OctetReader(bytes(input));
    const address = viewAddress(readAddress(reader, 'address'));
    return { ...address, octetsRead: reader.at, bytesRead: reader.at };
  },
  'sms-address-encode': ({ input, context }) => {
    if (context?.smsc === true) return { hex: bytesToHex(encodeServiceCentre(toAddress(text(input)))) };
    const { address, typeOfAddress } = input as { readonly address: string; readonly typeOfAddress: number };
    return { hex: bytesToHex(encodeAddress(addressFrom({ digits: address, typeOfAddress }))) };
  },
  'sms-smsc-decode': ({ input }) => {
    const reader = new OctetReader(bytes(input));
    const address = readServiceCentre(reader);
    return { ...(address === null ? {} : viewAddress(address)), octetsRead: reader.at, bytesRead: reader.at };
  },
  'sms-smsc-encode': ({ input }) => {
    const asked = input as WireNumber;
    return { hex: bytesToHex(encodeServiceCentre(asked.digits === '' ? null : addressFrom(asked))) };
  },
  'semi-octets': ({ input, expected }) => {
    if ('hex' in expected) return { hex: bytesToHex(encodeDigits(text(input)) ?? new Uint8Array(0)) };
    return { digits: decodeDigits(bytes(input)), octetsRead: bytes(input).length };
  },
  'semi-octets-encode': ({ input }) => ({ hex: bytesToHex(encodeDigits(text(input)) ?? new Uint8Array(0)) }),
  'sms-timestamp': ({ input }) => {
    const time = decodeTimestamp(new OctetReader(bytes(input)).take(timestampLength, 'timestamp'));
    return { iso: time, iso8601: time };
  },
  'sms-timestamp-encode': ({ input }) => ({ hex: bytesToHex(encodeTimestamp(text(input))) }),
  'sms-validity': ({ input, vpf }) => {
    const reader = new OctetReader(bytes(input));
    const validity = readValidityPeriod(reader, vpf as ValidityFormat);
    return { ...validity, octetsRead: reader.at };
  },
  'sms-validity-encode': ({ input }) => ({ hex: bytesToHex(encodeValidityPeriod(input as ValidityPeriod)) }),
  'sms-validity-relative': ({ input }) => ({ seconds: relativeSeconds(Number(input)) }),
  'sms-udh-concat': ({ input }) => ({ ...elementsOf(bytes(input)).concatenation }),
  'sms-udh-port': ({ input }) => ({ ...elementsOf(bytes(input)).ports }),
  'sms-udh-decode': ({ input }) => {
    const { elements } = elementsOf(bytes(input).subarray(1));
    return { elements: elements.map(({ id, data }) => ({ id, data: bytesToHex(data) })), octetsRead: (bytes(input)[0] ?? 0) + 1 };
  },
  'sms-concat-info': ({ input }) => {
    const place = elementsFrom(input as readonly Element[]).concatenation;
    return { isConcat: place !== null, segments: place?.parts ?? 0, sequence: place?.part ?? 0, reference: place?.reference ?? 0 };
  },
  'sms-segments-complete': ({ input }) => {
    const segments = input as readonly { readonly udh: readonly Element[] }[];
    const entries = segments.map(({ udh }) => ({
      message: messageFrom({ type: 'SMS-DELIVER' }),
      userData: userDataFrom(0, udh, new Uint8Array(0)),
    }));
    const whole = assembleParts(entries.map(({ message, userData }) => ({ message: { ...message, userData } as SmsMessage })));
    return { complete: whole.length === 1 && whole[0]?.missing.length === 0 };
  },
  'sms-userdata-decode': ({ input, udh, alphabet }) => ({
    text: decodeContent(alphabet === 'ucs2' ? 'ucs2' : 'gsm7', elementsFrom(udh ?? []), bytes(input)),
  }),
  'sms-reassemble': ({ input }) => {
    const segments = input as readonly { readonly dcs: number; readonly udh: readonly Element[]; readonly userDataUnpackedHex: string }[];
    return { text: joinText(segments.map(({ dcs, udh, userDataUnpackedHex }) => userDataFrom(dcs, udh, bytes(userDataUnpackedHex)))) };
  },
  'sms-dcs': ({ input }) => {
    const { alphabet, compressed, messageClass } = decodeDataCoding(Number.parseInt(text(input), 16));
    return { alphabet: { gsm7: '7bit', data8: '8bit', ucs2: 'ucs2' }[alphabet], compressed, class: messageClass };
  },
  'gsm7-pack': ({ input, padBits }) => ({ packed: bytesToHex(packSeptets(bytes(input), padBits)) }),
  'gsm7-unpack': ({ input, padBits, context }) => {
    const septets = bytesToHex(unpackSeptets(bytes(input), padBits, context?.numSeptets));
    return { septets, septetsHex: septets };
  },
  'gsm7-pack-ussd': ({ input, padBits }) => ({ packedHex: bytesToHex(packUssdSeptets(bytes(input), padBits)) }),
  'gsm7-unpack-ussd': ({ input, padBits }) => ({ septetsHex: bytesToHex(unpackUssdSeptets(bytes(input), padBits)) }),
  'gsm7-encode': ({ input }) => {
    const septets = septetsOf(text(input));
    return { septets: bytesToHex(septets), packed: bytesToHex(packSeptets(septets)) };
  },
  'gsm7-septets-encode': (vector) => ({ septetsHex: bytesToHex(septetsOf(text(vector.input), tablesOf(vector))) }),
  'gsm7-septets-decode': (vector) => ({ text: decodeSeptets(bytes(vector.input), tablesOf(vector)) }),
  'gsm-string': ({ input }) => {
    const septets = Uint8Array.from(text(input), (character) => character.charCodeAt(0));
    const decoded = decodeSeptets(septets);
    return {
      text: decoded,
      roundtrip: Buffer.compare(septetsOf(decoded), septets) === 0,
      encodeStrict: encodeSeptets(text(input)) === null ? 'error' : 'text',
    };
  },
  ucs2: ({ input, expected }) =>
    'hex' in expected ? { hex: bytesToHex(encodeUcs2(text(input))) } : { text: decodeUcs2(bytes(input)).toWellFormed() },
  'ucs2-encode': ({ input }) => ({ hex: bytesToHex(encodeUcs2(text(input))) }),
  'charset-fits': ({ input }) => ({ gsm: encodeSeptets(text(input)) !== null, ucs2: true, utf16: true }),
};

function elementsOf(octets: Uint8Array): ReturnType<typeof describeElements> {
  const elements = readElements(octets);
  if (elements === null) throw new RangeError('not a header');
  return describeElements(elements);
}
