import { describe, expect, it } from 'vitest';
import { bytesToHex, concatBytes } from '#native/euicc/tlv/hex.ts';
import { encodeSeptets } from './alphabet/gsm7.ts';
import { packSeptets } from './alphabet/septets.ts';
import { encodeUcs2 } from './alphabet/ucs2.ts';
import { decodeBroadcastPage } from './cell-broadcast.ts';

function septets(text: string): Uint8Array {
  return packSeptets(encodeSeptets(text.padEnd(93, '\r')) ?? new Uint8Array(0));
}

function page(head: readonly number[], content: Uint8Array): string {
  return bytesToHex(concatBytes(Uint8Array.from(head), content));
}

describe('decodeBroadcastPage', () => {
  it('reads number, identifier, page and text', () => {
    expect(decodeBroadcastPage(page([0x40, 0x1a, 0x00, 0x32, 0x01, 0x12], septets('Harbour news')))).toEqual({
      geographicalScope: 'plmn',
      messageCode: 1,
      updateNumber: 10,
      messageIdentifier: 50,
      page: 1,
      pages: 2,
      language: 'en',
      text: 'Harbour news',
    });
  });

  it('reads a warning with alert and popup, in the language that stands in the text', () => {
    const read = decodeBroadcastPage(
      page([0x70, 0x00, 0x11, 0x12, 0x11, 0x11], concatBytes(packSeptets(Uint8Array.of(0x7a, 0x68)), encodeUcs2('地震\r'))),
    );
    expect(read).toMatchObject({ messageCode: 0x300, messageIdentifier: 4370, language: 'zh', text: '地震' });
    expect(decodeBroadcastPage(page([0, 0, 0, 50, 0x10, 0x11], septets('fr\rBonjour')))).toMatchObject({ language: 'fr', text: 'Bonjour' });
  });

  it.each([
    [0x00, 'de', 'x'],
    [0x21, 'he', 'x'],
    [0x0f, null, 'x'],
    [0x40, null, 'x'],
    [0x44, null, null],
    [0x94, null, null],
    [0xf4, null, null],
  ])('coding %i', (coding, language, text) => {
    expect(decodeBroadcastPage(page([0, 0, 0, 50, coding, 0x11], septets('x')))).toMatchObject({ language, text });
  });

  it('has one page where the number is missing', () => {
    expect(decodeBroadcastPage(page([0, 0, 0, 50, 1, 0x20], septets('x')))).toMatchObject({ page: 1, pages: 1 });
  });

  it.each(['', '00', '000000320111', '0000003201110', 'XY00003201110D', '00'.repeat(89)])('refuses %s', (hex) => {
    expect(() => decodeBroadcastPage(hex)).toThrow(expect.objectContaining({ code: 'SMS_PDU_INVALID' }));
  });
});
