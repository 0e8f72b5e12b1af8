import { createHash } from 'node:crypto';
import { encodeSwappedDigits, encodeIccid } from '#native/euicc/tlv/digits.ts';
import { concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { DownloadProfile } from './order.ts';

/** Templates of the interoperable profile package, 2.23.143.1.2.x. */
const templateMf = hexToBytes('67810F010201');
const templateUsim = hexToBytes('67810F010204');
/** An applet package of nobody: the bench's own prefix with a number after it. */
const appletPackage = hexToBytes('F04C454200010001');
const usimAid = hexToBytes('A0000000871002FF49FF0589');

/**
 * An unprotected profile package: a run of profile elements as TCA's "eUICC Profile Package: Interoperable Format" v2.3 codes them
 * (header, MF, USIM, AKA parameters, an applet, end). Its IMSI stands in EF IMSI of the USIM. The applet is what fills it to its size, with
 * bytes that follow from the ICCID alone, so that a package made again is the same to the byte.
 * @returns exactly `profile.size` bytes
 */
export function makeProfilePackage(profile: DownloadProfile): Uint8Array {
  const before = concatBytes(header(profile), mf(profile), usim(profile), akaParameter(profile));
  const end = encodeTlv(0xaa, elementHeader(6));
  const { nameLength, codeLength } = fitApplication(profile.size - before.length - end.length);
  return concatBytes(before, application(derive(profile, 'applet', codeLength), nameLength), end);
}

/**
 * How long the applet's code has to be so that the element fills the room to the byte. Lengths grow by an octet at some sizes, so that
 * a size can be out of reach for the code alone; a longer package name then makes up for it.
 */
function fitApplication(room: number): { readonly nameLength: number; readonly codeLength: number } {
  const empty = application(new Uint8Array(0), 0).length;
  for (let codeLength = room - empty; codeLength > room - empty - 16; codeLength -= 1) {
    for (let nameLength = 0; nameLength < 8; nameLength += 1) {
      if (application(new Uint8Array(codeLength), nameLength).length === room) return { nameLength, codeLength };
    }
  }
  throw new RangeError('a profile package has at least 1024 bytes');
}

/** mandated, and the number by which the chip's answer names the element. */
function elementHeader(identification: number): Uint8Array {
  return encodeTlv(0xa0, encodeTlv(0x80), encodeTlv(0x81, encodeInteger(identification)));
}

function header(profile: DownloadProfile): Uint8Array {
  return encodeTlv(
    0xa0,
    encodeTlv(0x80, Uint8Array.of(2)),
    encodeTlv(0x81, Uint8Array.of(3)),
    encodeTlv(0x82, encodeText(profile.profileName)),
    encodeTlv(0x83, hexToBytes(profile.iccid.padEnd(20, 'F'))),
    encodeTlv(0xa5, encodeTlv(0x81), encodeTlv(0x84)),
    encodeTlv(0xa6, encodeTlv(0x06, templateMf), encodeTlv(0x06, templateUsim)),
  );
}

function fill(content: Uint8Array): Uint8Array {
  return encodeTlv(0x83, content);
}

function mf(profile: DownloadProfile): Uint8Array {
  const directory = encodeTlv(0x61, encodeTlv(0x4f, usimAid), encodeTlv(0x50, encodeText('USIM')));
  return encodeTlv(
    0xb0,
    elementHeader(2),
    encodeTlv(0x81, templateMf),
    encodeTlv(0xa2, encodeTlv(0xa1, encodeTlv(0x8b, hexToBytes('2F0601')), encodeTlv(0xc6, hexToBytes('01010A')))),
    encodeTlv(0xa4, fill(encodeIccid(profile.iccid))),
    encodeTlv(0xa5, fill(directory)),
    encodeTlv(0xa6, fill(hexToBytes('8001019000800102A406830101950108'))),
  );
}

function usim(profile: DownloadProfile): Uint8Array {
  // EF IMSI: a length of eight, then a nibble 9 for an odd count of digits, 1 for an even one (TS 31.102 §4.2.2).
  const parity = profile.imsi.length % 2 === 1 ? '9' : '1';
  return encodeTlv(
    0xb3,
    elementHeader(3),
    encodeTlv(0x81, templateUsim),
    encodeTlv(0xa2, encodeTlv(0xa1, encodeTlv(0x84, usimAid))),
    encodeTlv(0xa3, fill(concatBytes(Uint8Array.of(8), encodeSwappedDigits(`${parity}${profile.imsi}`, 8)))),
  );
}

function akaParameter(profile: DownloadProfile): Uint8Array {
  const milenage = 1;
  return encodeTlv(
    0xa4,
    elementHeader(4),
    encodeTlv(
      0xa1,
      encodeTlv(
        0xa1,
        encodeTlv(0x80, Uint8Array.of(milenage)),
        encodeTlv(0x81, Uint8Array.of(1)),
        encodeTlv(0x82, derive(profile, 'K', 16)),
        encodeTlv(0x83, derive(profile, 'OPc', 16)),
      ),
    ),
  );
}

/** @param nameLength octets of the package's AID beyond the bench's eight */
function application(code: Uint8Array, nameLength: number): Uint8Array {
  const name = concatBytes(appletPackage, new Uint8Array(nameLength));
  return encodeTlv(0xa8, elementHeader(5), encodeTlv(0xa1, encodeTlv(0x4f, name), encodeTlv(0xc4, code)));
}

/** Bytes that look random and follow from the profile: not secret, nor meant to be. */
function derive(profile: DownloadProfile, purpose: string, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let index = 0; index * 32 < length; index += 1) {
    blocks.push(createHash('sha256').update(`${profile.iccid} ${purpose} ${index}`).digest());
  }
  return concatBytes(...blocks).slice(0, length);
}
