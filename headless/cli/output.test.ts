import { describe, expect, it } from 'vitest';
import { describeStatusWord } from './status-word.ts';
import { pairs, table } from './table.ts';
import { formatBytes, formatMoney, plain } from './text.ts';
import { redactAt, redactCommand, redactJson, redactResponse, redactUrl } from './trace/redact.ts';
import { createWords } from './words.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

describe('what people read', () => {
  it('aligns Chinese by its width', () => {
    expect(
      table(
        ['名称', 'X'],
        [
          ['工作卡', '1'],
          ['ab', '2'],
        ],
      ),
    ).toBe('名称    X\n工作卡  1\nab      2');
  });

  it('breaks long values below their beginning, and gives each of several a line', () => {
    expect(
      pairs(
        [
          ['A', 'one two three four five six'],
          ['信任', ['第一，甲', '第二']],
        ],
        26,
      ),
    ).toBe('A     one two three four\n      five six\n信任  第一，甲\n      第二');
    expect(pairs([['A', 'one two three']], undefined)).toBe('A  one two three');
  });

  it.each([
    ['9000', 'done'],
    ['63C1', 'wrong, 1 try is left'],
    ['610C', 'done, 12 bytes of the answer can be fetched'],
    ['6A82', 'file or application not found'],
    ['6A99', 'wrong parameters'],
    ['0000', 'a status word of this card’s own'],
  ])('explains the status word %s', (sw, meaning) => expect(describeStatusWord(createWords('en'), sw)).toBe(meaning));

  it('does not let a name steer the terminal', () => {
    expect(plain('a\u{1B}[2Jb\nc\u{202E}d')).toBe('a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d');
  });

  it('writes money and amounts as the language does', () => {
    expect(formatMoney(createWords('en'), { amountMinor: 1490, currency: 'EUR' })).toBe('€14.90');
    expect(formatMoney(createWords('en'), { amountMinor: 1490, currency: 'JPY' })).toBe('¥1,490');
    expect(formatBytes(createWords('en'), 13_800_000_000)).toBe('13.8 GB');
    expect(formatBytes(createWords('en'), 0)).toBe('0 byte');
  });
});

describe('a trace without secrets', () => {
  it.each([
    ['+CCID: 8944990000004821602', '+CCID: <19 digits>'],
    ['AT+CPIN="1234"', 'AT+CPIN=…'],
    ['AT+CPWD="SC","1234","5678"', 'AT+CPWD=…'],
    ['+CGAUTH: 1,1,"web","secret"', '+CGAUTH: 1,1,…'],
    ['AT+CGLA=1,22,"81E2910006BF3E035C015A"', 'AT+CGLA=1,22,"<22 digits>"'],
    ['+CNUM: "","+447700900482",145', '+CNUM: "","<13 digits>",145'],
    ['+CSQ: 21,99', '+CSQ: 21,99'],
    ['001010000482160', '<15 digits>'],
  ])('writes %s as %s', (line, written) => expect(redactAt(line)).toBe(written));

  it('keeps what names a command and its outcome', () => {
    expect(redactCommand(bytes('81E2910006BF3E035C015A'))).toBe('81E29100 6 bytes BF3E');
    expect(redactCommand(bytes('01A4040010A0000005591010FFFFFFFF8900000100'))).toBe('01A4040010A0000005591010FFFFFFFF8900000100');
    expect(redactCommand(bytes('81C0000015'))).toBe('81C0000015');
    expect(redactResponse(bytes('BF3E125A10890440459000'))).toBe('9 bytes 9000');
    expect(redactResponse(bytes('6A82'))).toBe('6A82');
  });

  it('keeps of HTTP only what cannot be a secret', () => {
    expect(redactJson('{"token":"abc","account":{"email":"a@b.c"},"state":"open","lines":[{"iccid":"89","months":3}]}')).toEqual({
      token: '…',
      account: { email: '…' },
      state: 'open',
      lines: [{ iccid: '…', months: 3 }],
    });
    expect(redactJson('secret text')).toBe('<11 characters>');
    expect(redactUrl('http://127.0.0.1:9/v1/x?token=abc#d')).toBe('http://127.0.0.1:9/v1/x');
  });
});
