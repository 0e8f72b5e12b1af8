import { describe, expect, test } from 'vitest';
import { hasValidCheckDigits } from '#contract/eid-check.ts';
import { isdrAids } from '#native/euicc/isdr-aids.ts';
import cardProducts from '#resources/facts/card-products.json' with { type: 'json' };
import ciRoots from '#resources/facts/ci-roots.json' with { type: 'json' };
import eums from '#resources/facts/eums.json' with { type: 'json' };
import { countryOfEid } from './eid.ts';
import { ciRootOf, eumOf, productOf } from './euicc-facts.ts';

/** Thirty digits and their check digits (SGP.02 §2.2.2). */
const eidOf = (digits: string): string => {
  const body = digits.padEnd(30, '0');
  return body + String(98n - (BigInt(`${body}00`) % 97n)).padStart(2, '0');
};

describe('the maker of a chip', () => {
  test('is known by the beginning of the EID', () => {
    expect(eumOf(eidOf('89049032'))).toEqual({ name: { en: 'G+D', 'zh-CN': '捷德' }, country: 'DE' });
    expect(eumOf(eidOf('35060000'))?.name?.en).toBe('HED');
  });

  test('or by the site that made it, and by nothing else', () => {
    expect(eumOf(eidOf('89000000'), 'TS-WI-UP-0522')?.name?.en).toBe('Tongxin Microelectronics');
    expect(eumOf(eidOf('89000000'), 'TS-PA-UP-0419')?.name?.en).toBe('Thales');
    expect(eumOf(eidOf('89049032'), 'TS-PA-UP-0419')?.name?.en).toBe('G+D');
    expect(eumOf(eidOf('89000000'), 'XX-YY-UP-0000')).toBeNull();
    expect(eumOf(eidOf('89086999'))).toEqual({ name: null, country: 'CN' });
    expect(eumOf(eidOf('35999999'))).toBeNull();
    expect(eumOf(eidOf('89000000'), '')).toBeNull();
    expect(eumOf('')).toBeNull();
  });

  test('stands once for each beginning and each site', () => {
    for (const all of [eums.flatMap(({ eidPrefixes }) => eidPrefixes), eums.flatMap(({ sasSites }) => sasSites)]) {
      expect(new Set(all).size).toBe(all.length);
    }
    for (const prefix of eums.flatMap(({ eidPrefixes }) => eidPrefixes)) expect(prefix).toMatch(/^\d{8}$/u);
    for (const site of eums.flatMap(({ sasSites }) => sasSites)) expect(site).toMatch(/^[A-Z]{2}-[A-Z]{2}$/u);
  });
});

describe('an EID', () => {
  test.each([
    ['89049032123451234512345678901235', true],
    ['89049032123451234512345678901236', false],
    ['89044990000000000000000000000189', false],
    [eidOf('89033023'), true],
    ['8904903212345123451234567890123', false],
    ['', false],
  ])('%s: check digits %s', (eid, valid) => expect(hasValidCheckDigits(eid)).toBe(valid));

  test.each([
    ['89033', 'FR'],
    ['89086', 'CN'],
    ['89852', 'HK'],
    ['89001', null],
    ['89007', null],
    ['89000', null],
    ['35060', null],
  ])('%s… comes from %s', (start, country) => expect(countryOfEid(eidOf(start))).toBe(country));

  test('comes from where its maker is, as far as E.118 tells', () => {
    for (const { country, eidPrefixes } of eums) {
      for (const prefix of eidPrefixes.filter((one) => one.startsWith('89'))) expect(countryOfEid(prefix), prefix).toBe(country);
    }
  });
});

describe('a root', () => {
  test('is known by its whole key identifier, in either case', () => {
    expect(ciRootOf('81370f5125d0b1d408d4c3b232e6d25e795bebfb')).toEqual({
      name: { en: 'GSM Association - RSP2 Root CI1', 'zh-CN': 'GSMA 正式根证书（DigiCert 运营）' },
      kind: 'live',
      country: 'US',
      hint: false,
    });
    expect(ciRootOf('F54172BDF98A95D65CBEB88A38A1C11D800A85C3')?.kind).toBe('test');
  });

  test('is a hint where only its beginning is known', () => {
    expect(ciRootOf(`B70BA4${'0'.repeat(34)}`)).toMatchObject({ kind: 'vendor', hint: true });
    expect(ciRootOf(`81370F${'0'.repeat(34)}`)).toBeNull();
    expect(ciRootOf('B70BA4')).toBeNull();
    expect(ciRootOf('')).toBeNull();
  });

  test('is of a kind that there is, and stands once', () => {
    for (const { kind, keyId } of ciRoots) {
      expect(['live', 'national', 'vendor', 'test']).toContain(kind);
      expect(keyId).toMatch(/^(?:[\dA-F]{6}|[\dA-F]{40})$/u);
    }
    expect(new Set(ciRoots.map(({ keyId }) => keyId)).size).toBe(ciRoots.length);
  });
});

describe('a product', () => {
  const plain = { eid: eidOf('89049032'), isdrAid: 'A0000005591010FFFFFFFF8900000100', atr: null, firmwareVersion: '1.0.0' };

  test('is known by the AID of its ISD-R, its ATR or its EID', () => {
    expect(productOf(plain)).toBeNull();
    expect(productOf({ ...plain, isdrAid: 'a0000005591010ffffffff8900050500' })?.en).toBe('5ber');
    expect(productOf({ ...plain, atr: '3B9F96801FC78031E073FE2115576573746b2e6d65C1' })?.en).toBe('eSTK.me');
    expect(productOf({ ...plain, eid: eidOf('890440458467274948') })?.en).toBe('9eSIM');
  });

  test.each([
    ['36.7.1', '9eSIM'],
    ['36.7.2', '9eSIM v2'],
    ['36.17.38', '9eSIM v2s'],
    ['36.17.39', '9eSIM v3 (beta)'],
    ['37.10.0', '9eSIM v3.2 (beta 1)'],
    ['?', '9eSIM'],
  ])('9eSIM with firmware %s is %s', (firmwareVersion, name) => {
    expect(productOf({ ...plain, eid: eidOf('890440452167274948'), firmwareVersion })).toEqual({ en: name, 'zh-CN': name });
  });

  test('stands for every ISD-R that is not the one of the GSMA', () => {
    const own = isdrAids.filter(({ maker }) => maker !== 'GSMA');
    expect(cardProducts.flatMap((product) => product.isdrAids).toSorted()).toEqual(own.map(({ aid }) => aid).toSorted());
    for (const { aid, maker } of own) expect(maker.startsWith(productOf({ ...plain, isdrAid: aid })?.en ?? '-'), aid).toBe(true);
  });
});
