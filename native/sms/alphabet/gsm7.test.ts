import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeSeptets, encodeSeptets } from './gsm7.ts';
import { identifierOfLanguage, languageOfIdentifier, lockingTable, nationalLanguages, singleShiftTable } from './national-tables.ts';
import { packSeptets, packUssdSeptets, unpackSeptets, unpackUssdSeptets } from './septets.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('septets', () => {
  it('are packed low bits first, behind the fill bits', () => {
    expect(bytesToHex(packSeptets(ascii('SMS')))).toBe('D3E614');
    expect(bytesToHex(packSeptets(ascii('S'), 3))).toBe('9802');
    expect(unpackSeptets(hexToBytes('9802'), 3)).toEqual(ascii('S'));
    expect(unpackSeptets(hexToBytes('D3E614'), 0, 2)).toEqual(ascii('SM'));
    expect(unpackSeptets(new Uint8Array(0), 5)).toHaveLength(0);
  });

  it('fill up with CR in USSD, which is not read', () => {
    const packed = packUssdSeptets(ascii('balance'));
    expect((packed.at(-1) ?? 0) >> 1).toBe(0x0d);
    expect(unpackUssdSeptets(packed)).toEqual(ascii('balance'));
    const withCr = ascii('balance\r');
    expect(unpackSeptets(packUssdSeptets(withCr))).toEqual(ascii('balance\r\r'));
    expect(unpackUssdSeptets(packUssdSeptets(withCr))).toEqual(withCr);
  });
});

describe('the tables', () => {
  it('have 128 places, and every character comes back as itself', () => {
    for (const language of nationalLanguages) {
      for (const tables of [
        { locking: language, singleShift: null },
        { locking: null, singleShift: language },
        { locking: language, singleShift: language },
      ]) {
        const main = tables.locking === null ? null : lockingTable(tables.locking);
        for (const table of [main, tables.singleShift === null ? null : singleShiftTable(tables.singleShift)]) {
          if (table === null) continue;
          expect(table, language).toHaveLength(128);
          for (const character of table) {
            if (character === '' || character === '\u001B') continue;
            const septets = encodeSeptets(character, tables);
            expect(septets === null ? null : decodeSeptets(septets, tables), `${language} ${character}`).toBe(character);
          }
        }
      }
    }
  });

  it.each([
    ['turkish', '04 1B53 0B', '€ŞĞ'],
    ['portuguese', '15 1B15 09', '∞Ωç'],
    ['hindi', '15 1B1C 7F', 'क०ॿ'],
    ['punjabi', '60 1B2D 09', 'ੑੵ\uFFFD'],
    ['tamil', '22 1B26 3C', 'ட௳ன'],
    ['telugu', '00 1B30 40', 'ఁ౽బ'],
    ['urdu', '00 1B3F 7F', 'ا۔ٰ'],
    ['bengali', '60 1B19 7D', 'ৎ০ঢ়'.normalize('NFC')],
  ] as const)('of %s', (language, septets, text) => {
    expect(decodeSeptets(hexToBytes(septets), { locking: language, singleShift: language }).normalize('NFC')).toBe(text);
  });

  it('are known by the identifiers of TS 23.038', () => {
    expect([languageOfIdentifier(1), languageOfIdentifier(13), languageOfIdentifier(0), languageOfIdentifier(14)]).toEqual([
      'turkish',
      'urdu',
      null,
      null,
    ]);
    expect(identifierOfLanguage('portuguese')).toBe(3);
  });
});

describe('an escape', () => {
  it.each([
    ['leads to the extension', '1B3C 61 1B3E', '[a]'],
    ['leads back where the extension has nothing', '1B61', 'a'],
    ['is a blank when it comes twice', '611B1B62', 'a b'],
    ['is nothing at the end', '611B', 'a'],
  ])('%s', (_case, septets, text) => {
    expect(decodeSeptets(hexToBytes(septets))).toBe(text);
  });

  it('is needed for some characters, and cannot help others', () => {
    expect(encodeSeptets('€1')).toEqual(hexToBytes('1B6531'));
    expect(encodeSeptets('ş')).toBeNull();
    expect(encodeSeptets('ş', { locking: null, singleShift: 'turkish' })).toEqual(hexToBytes('1B73'));
  });
});
