import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeAddress, encodeServiceCentre, readAddress, readServiceCentre, toAddress } from './address.ts';
import { dataCodingOf, decodeDataCoding } from './data-coding.ts';
import { deliveryOutcome } from './delivery-outcome.ts';
import { OctetReader } from './octet-reader.ts';
import { decodeTimestamp, encodeTimestamp } from './timestamp.ts';
import { describeElements, encodeElements, languageElement, readElements } from './user-data-header.ts';
import { encodeValidityPeriod, readValidityPeriod, relativeOctet, relativeSeconds, type ValidityPeriod } from './validity-period.ts';

const reader = (hex: string): OctetReader => new OctetReader(hexToBytes(hex));

describe('an address', () => {
  it.each([
    ['+86 139-1234-5678', '+8613912345678', 'international', '0D91683119325476F8'],
    ['10010', '10010', 'unknown', '05810110F0'],
    ['*100#', '*100#', 'unknown', '05811A00FB'],
    ['LEB', 'LEB', 'alphanumeric', '06D0CCA210'],
  ])('%s', (written, number, type, hex) => {
    const address = toAddress(written);
    expect(address).toMatchObject({ number, type });
    expect(bytesToHex(encodeAddress(address))).toBe(hex);
    expect(readAddress(reader(hex), 'originator')).toEqual(address);
  });

  it('is read with fill that is missing or counted', () => {
    expect(readAddress(reader('03812103'), 'originator').number).toBe('123');
    expect(readAddress(reader('048121F3'), 'originator').number).toBe('123');
  });

  it('is refused where it has more than twenty digits, or is cut', () => {
    expect(() => readAddress(reader('1581'), 'originator')).toThrow(/SMS_PDU_INVALID.*"reason":"address"/);
    expect(() => readAddress(reader('048121'), 'originator')).toThrow(/"reason":"cut"/);
    expect(() => encodeAddress(toAddress('12345678901234567890123'))).toThrow(/SMS_NOT_ENCODABLE.*"number"/);
    expect(() => encodeAddress(toAddress('eleven char'))).not.toThrow();
    expect(() => encodeAddress(toAddress('twelve chars'))).toThrow(/"name"/);
    expect(() => encodeAddress(toAddress('短信'))).toThrow(/"name"/);
  });

  it('of a service centre counts octets', () => {
    const smsc = toAddress('+8613800100500');
    expect(bytesToHex(encodeServiceCentre(smsc))).toBe('0891683108100005F0');
    expect(readServiceCentre(reader('0891683108100005F0'))).toEqual(smsc);
    expect(readServiceCentre(reader('00'))).toBeNull();
    expect(() => readServiceCentre(reader('20'))).toThrow(/"serviceCentre"/);
  });
});

describe('a time', () => {
  it.each([
    ['62218090000023', '2026-12-08T09:00:00+08:00'],
    ['62218090000069', '2026-12-08T09:00:00-04:00'],
  ])('%s', (hex, time) => {
    expect(decodeTimestamp(hexToBytes(hex))).toBe(time);
    expect(bytesToHex(encodeTimestamp(time))).toBe(hex);
  });

  it('has 0 for a digit that is none, and is nothing where it is no date', () => {
    expect(decodeTimestamp(hexToBytes('622180900F0023'))).toBe('2026-12-08T09:00:00+08:00');
    expect(decodeTimestamp(hexToBytes('62030300000000'))).toBeNull();
    expect(decodeTimestamp(new Uint8Array(7))).toBeNull();
  });

  it('does not hold a distance from GMT of a day', () => {
    expect(() => encodeTimestamp('2026-12-08T09:00:00+20:00')).toThrow(/"timestamp"/);
    expect(() => encodeTimestamp('tomorrow')).toThrow(/"timestamp"/);
  });
});

describe('a validity period', () => {
  it.each([
    [0, 300],
    [143, 43_200],
    [144, 45_000],
    [167, 86_400],
    [168, 172_800],
    [196, 2_592_000],
    [197, 3_024_000],
    [255, 38_102_400],
  ])('relative %i', (octet, seconds) => {
    expect(relativeSeconds(octet)).toBe(seconds);
    expect(relativeOctet(seconds)).toBe(octet);
  });

  it.each<[ValidityPeriod, string]>([
    [{ format: 'relative', seconds: 301 }, '01'],
    [{ format: 'absolute', time: '2026-12-08T09:00:00+08:00' }, '62218090000023'],
    [{ format: 'enhanced', functionalityIndicator: 2, seconds: 90, singleShot: true }, '425A0000000000'],
    [{ format: 'enhanced', functionalityIndicator: 3, seconds: 3_723, singleShot: false }, '03102030000000'],
  ])('%j', (validity, hex) => {
    expect(bytesToHex(encodeValidityPeriod(validity))).toBe(hex);
    const read = readValidityPeriod(reader(hex), validity.format);
    if (validity.format === 'relative') expect(read).toEqual({ format: 'relative', seconds: 600 });
    else expect(read).toEqual(validity);
  });

  it('that uses what is reserved is refused', () => {
    for (const hex of ['04000000000000', '80000000000000', '02010100000000']) {
      expect(() => readValidityPeriod(reader(hex), 'enhanced')).toThrow(/"validityPeriod"/);
    }
  });
});

describe('the data coding scheme', () => {
  it.each([
    [0x00, { alphabet: 'gsm7', messageClass: null, compressed: false }],
    [0x19, { alphabet: 'ucs2', messageClass: 1 }],
    [0x2c, { alphabet: 'gsm7', compressed: true }],
    [0x48, { alphabet: 'ucs2', automaticDeletion: true }],
    [0x90, { alphabet: 'gsm7', reserved: true }],
    [0xc9, { alphabet: 'gsm7', waiting: { kind: 'fax', active: true, discard: true } }],
    [0xd0, { alphabet: 'gsm7', waiting: { kind: 'voicemail', active: false, discard: false } }],
    [0xea, { alphabet: 'ucs2', waiting: { kind: 'email', active: true, discard: false } }],
    [0xf5, { alphabet: 'data8', messageClass: 1 }],
  ])('%i', (octet, expected) => {
    expect(decodeDataCoding(octet)).toMatchObject(expected);
  });

  it('of what we send is of the general group', () => {
    expect([dataCodingOf('gsm7').octet, dataCodingOf('ucs2').octet, dataCodingOf('ucs2', 0).octet]).toEqual([0, 8, 0x18]);
  });
});

describe('a user data header', () => {
  it('is read and written element by element', () => {
    const hex = '14 0003070201 0504 0B8423F0 240101 250103 700100'.replaceAll(' ', '');
    const elements = readElements(hexToBytes(hex).subarray(1));
    if (elements === null) throw new Error('not read');
    expect(describeElements(elements)).toMatchObject({
      concatenation: { reference: 7, wide: false, parts: 2, part: 1 },
      ports: { destination: 2948, source: 9200 },
      singleShift: 'turkish',
      locking: 'portuguese',
    });
    expect(bytesToHex(encodeElements(elements))).toBe(hex);
    expect(bytesToHex(encodeElements([languageElement('locking', 'urdu')]))).toBe('0325010D');
  });

  it('ignores a part that cannot be, and refuses an element that is too long', () => {
    expect(describeElements([{ id: 0, data: hexToBytes('070203') }]).concatenation).toBeNull();
    expect(describeElements([{ id: 0, data: hexToBytes('0702') }]).concatenation).toBeNull();
    expect(describeElements([{ id: 8, data: hexToBytes('01000202') }]).concatenation).toEqual({
      reference: 256,
      wide: true,
      parts: 2,
      part: 2,
    });
    expect(readElements(hexToBytes('00040702'))).toBeNull();
  });
});

it.each([
  [0x00, 'delivered'],
  [0x01, 'forwarded'],
  [0x02, 'replaced'],
  [0x0f, 'failed'],
  [0x1f, 'delivered'],
  [0x20, 'trying'],
  [0x26, 'failed'],
  [0x3f, 'trying'],
  [0x46, 'failed'],
  [0xff, 'failed'],
] as const)('the status %i is %s', (status, outcome) => {
  expect(deliveryOutcome(status)).toBe(outcome);
});
