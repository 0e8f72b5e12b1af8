import { createCipheriv } from 'node:crypto';
import { cmac } from '@noble/ciphers/aes.js';
import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { findChild, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeLength, encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { agree, makePrivateKey, sign } from '../../pki/elliptic-key.ts';
import { keyIdentifierOf } from '../../pki/issue-certificate.ts';
import type { Pki } from '../../pki/load-pki.ts';
import type { VirtualCard } from '../virtual-card.ts';
import { deriveSessionKeys } from './secure-channel.ts';

/** The server's half of a download, as far as the chip sees it. What a test wants to spoil it can replace. */
export const transactionId = hexToBytes('00112233445566778899AABBCCDDEEFF');
export const serverAddress = 'smdp.test.example';
export const iccid = '8944990000000000016';
const encodedIccid = '984499000000000010F6';

/** An ISD-R on channel 1 that takes scripts of any length. */
export function openIsdr(card: VirtualCard): (script: Uint8Array) => string {
  card.transmit(hexToBytes('0070000001'));
  card.transmit(hexToBytes('01A4040010A0000005591010FFFFFFFF8900000100'));
  return (script) => {
    let answer = '9000';
    for (let offset = 0; offset < script.length; offset += 255) {
      const block = script.slice(offset, offset + 255);
      const last = offset + 255 >= script.length;
      answer = send(card, concatBytes(Uint8Array.of(0x81, 0xe2, last ? 0x91 : 0x11, offset / 255, block.length), block));
    }
    let data = '';
    while (answer.slice(-4).startsWith('61')) {
      data += answer.slice(0, -4);
      answer = send(card, hexToBytes(`81C00000${answer.slice(-2)}`));
    }
    return data + (answer.endsWith('9000') ? answer.slice(0, -4) : answer);
  };
}

function send(card: VirtualCard, command: Uint8Array): string {
  return bytesToHex(card.transmit(command));
}

/** AuthenticateServerRequest for the challenge in `BF2E{ 80 … }`. */
export function authenticateRequest(
  pki: Pki,
  challenge: Uint8Array,
  change: {
    readonly role?: 'dp-auth' | 'dp-pb' | 'ds-auth';
    readonly ciKey?: Uint8Array;
    readonly signedChallenge?: Uint8Array;
    readonly spoilSignature?: boolean;
    readonly certificate?: Uint8Array;
  } = {},
): Uint8Array {
  const { key, certificate } = pki.server(change.role ?? 'dp-auth');
  const signed = encodeTlv(
    0x30,
    encodeTlv(0x80, transactionId),
    encodeTlv(0x81, change.signedChallenge ?? challenge),
    encodeTlv(0x83, encodeText(serverAddress)),
    encodeTlv(0x84, new Uint8Array(16).fill(0x5a)),
  );
  const signature = sign(key, change.spoilSignature === true ? concatBytes(signed, Uint8Array.of(0)) : signed);
  return encodeTlv(
    0xbf38,
    signed,
    encodeTlv(0x5f37, signature),
    encodeTlv(0x04, change.ciKey ?? keyIdentifierOf(pki.ci.publicKey)),
    change.certificate ?? certificate.der,
    contextParameters,
  );
}

/** ctxParams1 with an empty matching identifier and a TAC. */
export const contextParameters = hexToBytes('A00C 8000 A108 800435290611 A100');

/** PrepareDownloadRequest that answers the chip's AuthenticateServerResponse. */
export function prepareRequest(
  pki: Pki,
  euiccSignature1: Uint8Array,
  change: {
    readonly transaction?: Uint8Array;
    readonly role?: 'dp-auth' | 'dp-pb';
    readonly spoilSignature?: boolean;
    readonly codeRequired?: boolean;
    readonly hash?: Uint8Array;
    readonly formerKey?: Uint8Array;
  } = {},
): Uint8Array {
  const { key, certificate } = pki.server(change.role ?? 'dp-pb');
  const signed = encodeTlv(
    0x30,
    encodeTlv(0x80, change.transaction ?? transactionId),
    encodeTlv(0x01, Uint8Array.of(change.codeRequired === true ? 0xff : 0)),
    ...(change.formerKey === undefined ? [] : [encodeTlv(0x5f49, change.formerKey)]),
  );
  const covered = change.spoilSignature === true ? signed : concatBytes(signed, encodeTlv(0x5f37, euiccSignature1));
  const hash = change.hash === undefined ? [] : [encodeTlv(0x04, change.hash)];
  return encodeTlv(0xbf21, signed, encodeTlv(0x5f37, sign(key, covered)), ...hash, certificate.der);
}

export type PackageChange = {
  readonly operation?: number;
  readonly transaction?: Uint8Array;
  readonly template?: Uint8Array;
  readonly spoilSignature?: boolean;
  readonly configuration?: Uint8Array;
  readonly metadata?: Uint8Array;
  readonly replacement?: Uint8Array | null;
  readonly elements?: Uint8Array;
  /** Index of the protected object, over all parts, whose last octet is turned. */
  readonly spoilObject?: number;
};

/** A bound profile package, cut into scripts (SGP.22 v2.5 §2.5.5). */
export function bindPackage(pki: Pki, eid: string, euiccKey: Uint8Array, change: PackageChange = {}): readonly Uint8Array[] {
  const { key: binding } = pki.server('dp-pb');
  const oneTime = makePrivateKey(binding.curve);
  const hostId = encodeText('host');
  const template = change.template ?? encodeTlv(0xa6, hexToBytes('800188 810110'), encodeTlv(0x84, hostId));
  const head = concatBytes(
    encodeTlv(0x82, Uint8Array.of(change.operation ?? 1)),
    encodeTlv(0x80, change.transaction ?? transactionId),
    template,
  );
  const keys = concatBytes(encodeTlv(0x5f49, oneTime.point), ...(change.spoilSignature === true ? [] : [encodeTlv(0x5f49, euiccKey)]));
  const signature = sign(binding, concatBytes(head, keys));
  const initialise = encodeTlv(0xbf23, head, encodeTlv(0x5f49, oneTime.point), encodeTlv(0x5f37, signature));

  let objects = 0;
  const spoil = (object: Uint8Array): Uint8Array => {
    objects += 1;
    return objects - 1 === change.spoilObject
      ? Uint8Array.from(object, (octet, index) => (index === object.length - 1 ? octet ^ 1 : octet))
      : object;
  };
  let protect = makeSender(deriveSessionKeys(agree(oneTime, euiccKey), hostId, eid));
  const configuration = spoil(protect(0x87, change.configuration ?? hexToBytes('BF2400')));
  const metadata = spoil(protect(0x88, change.metadata ?? makeMetadata()));
  const replacement = change.replacement === undefined ? makeReplacement() : change.replacement;
  const third = replacement === null ? null : spoil(protect(0x87, replacement));
  if (third !== null) protect = makeSender(replacedKeys);
  const elements = change.elements ?? makeElements();
  const pieces: Uint8Array[] = [];
  for (let offset = 0; offset < elements.length; offset += 1007) pieces.push(spoil(protect(0x86, elements.slice(offset, offset + 1007))));

  const first = encodeTlv(0xa0, configuration);
  const second = encodeTlv(0xa1, metadata);
  const thirdPart = third === null ? [] : [encodeTlv(0xa2, third)];
  const last = encodeTlv(0xa3, ...pieces);
  const whole = encodeTlv(0xbf36, initialise, first, second, ...thirdPart, last);
  const inside = readTlv(whole).value.length - initialise.length;
  return [
    opening(whole, inside),
    first,
    opening(second, metadata.length),
    metadata,
    ...thirdPart,
    opening(last, concatBytes(...pieces).length),
    ...pieces,
  ];
}

/** An object's header alone, or with the beginning of what it holds. */
function opening(object: Uint8Array, rest: number): Uint8Array {
  return object.slice(0, object.length - rest);
}

type Keys = ReturnType<typeof deriveSessionKeys>;

const replacedKeys: Keys = {
  macChainingValue: new Uint8Array(16).fill(0x22),
  encryptionKey: new Uint8Array(16).fill(0x33),
  macKey: new Uint8Array(16).fill(0x11),
};

function makeReplacement(): Uint8Array {
  const { macChainingValue, encryptionKey, macKey } = replacedKeys;
  return encodeTlv(0xbf26, encodeTlv(0x80, macChainingValue), encodeTlv(0x81, encryptionKey), encodeTlv(0x82, macKey));
}

/** The sending end of SCP03t (SGP.22 v2.5 §2.6.4). */
export function makeSender(keys: Keys): (tag: number, plain: Uint8Array) => Uint8Array {
  let chaining = keys.macChainingValue;
  let counter = 0;
  return (tag, plain) => {
    counter += 1;
    const data = tag === 0x88 ? plain : encrypt(plain, keys.encryptionKey, counter);
    const head = concatBytes(Uint8Array.of(tag), encodeLength(data.length + 8));
    chaining = cmac(concatBytes(chaining, head, data), keys.macKey);
    return concatBytes(head, data, chaining.slice(0, 8));
  };
}

function encrypt(plain: Uint8Array, key: Uint8Array, counter: number): Uint8Array {
  const padded = new Uint8Array((Math.floor(plain.length / 16) + 1) * 16);
  padded.set(plain);
  padded[plain.length] = 0x80;
  const initial = createCipheriv('aes-128-ecb', key, null)
    .setAutoPadding(false)
    .update(hexToBytes(counter.toString(16).padStart(32, '0')));
  return createCipheriv('aes-128-cbc', key, initial).setAutoPadding(false).update(padded);
}

/** StoreMetadataRequest; `fields` stand at the end, and replace those with the same tag. */
export function makeMetadata(fields: Readonly<Record<number, string>> = {}): Uint8Array {
  const usual: Readonly<Record<number, string>> = {
    0x5a: encodedIccid,
    0x91: bytesToHex(encodeText('Test provider')),
    0x92: bytesToHex(encodeText('Test profile')),
    0xb6: `3018 80020780 8112 ${bytesToHex(encodeText('notify.one.example'))}`,
    0xb7: '8003 00F110',
  };
  const all = Object.entries({ ...usual, ...fields }).filter(([, value]) => value !== '');
  return encodeTlv(0xbf25, ...all.map(([tag, value]) => encodeTlv(Number(tag), hexToBytes(value))));
}

/** Header, MF, USIM with an IMSI and end; `filler` octets lie between them. */
export function makeElements(filler = 2000, headerIccid = '8944990000000000016F'): Uint8Array {
  return concatBytes(
    encodeTlv(0xa0, hexToBytes('800102 810103'), encodeTlv(0x83, hexToBytes(headerIccid))),
    encodeTlv(0xa8, new Uint8Array(filler)),
    encodeTlv(0xb3, hexToBytes('A005 8000 810102'), encodeTlv(0xa3, hexToBytes('8309 08 9910070000000010'))),
    hexToBytes('AA07 A005 8000 810103'),
  );
}

/** The value of one of the chip's answers, by the way of tags to it. */
export function pick(answer: string, ...path: readonly number[]): Tlv {
  let found = readTlv(hexToBytes(answer));
  for (const tag of path) {
    const next = findChild(found, tag);
    if (next === undefined) throw new Error(`no ${tag.toString(16)} in ${answer}`);
    found = next;
  }
  return found;
}
