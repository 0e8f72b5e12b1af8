import { describe, expect, it } from 'vitest';
import { createAtFramer, type AtFramer } from './framer.ts';

type Cut = { readonly framer: AtFramer; readonly take: (text: string | Uint8Array) => string[] };

/** What comes out of a framer, a prompt and a line that was too long in angle brackets. */
function cut(maximum?: number): Cut {
  let found: string[] = [];
  const framer = createAtFramer(
    {
      onLine: (text) => found.push(text),
      onPrompt: () => found.push('<prompt>'),
      onOverflow: () => found.push('<overflow>'),
    },
    maximum,
  );
  return {
    framer,
    take(text) {
      framer.push(Buffer.from(text));
      const taken = found;
      found = [];
      return taken;
    },
  };
}

function lines(...chunks: string[]): string[] {
  const { take } = cut();
  return chunks.flatMap((chunk) => take(Buffer.from(chunk, 'latin1')));
}

describe('createAtFramer', () => {
  it.each<[string, string[], string[]]>([
    ['ordinary', ['\r\n+CSQ: 20,99\r\n\r\nOK\r\n'], ['+CSQ: 20,99', 'OK']],
    ['a line split over two reads', ['+CSQ: 2', '0,99\r\n\r\nOK\r\n+CE'], ['+CSQ: 20,99', 'OK']],
    ['line feeds only', ['\n+CSQ: 1,0\nOK\n'], ['+CSQ: 1,0', 'OK']],
    ['two carriage returns', ['\r\r\nOK\r\r\n'], ['OK']],
    ['the end of an echo', ['AT+CSQ\r'], ['AT+CSQ']],
    ['no end yet', ['OK'], []],
    ['noise at opening', ['\u0000\u00ff\u00fe\r\nOK\r\n'], ['OK']],
    ['noise inside', ['\u00ffO\u0007K\r\n'], ['OK']],
    ['blanks around', ['  OK \t\r\n'], ['OK']],
    ['the blank of an error without a text', ['+CME ERROR: \r\n+CME ERROR:\r\n'], ['+CME ERROR: ', '+CME ERROR:']],
    ['a prompt that nobody expects is text', ['\r\n> hello\r\n'], ['> hello']],
  ])('%s', (_name, chunks, expected) => {
    expect(lines(...chunks)).toEqual(expected);
    const bytes = chunks.join('');
    expect(lines(...bytes.split(''))).toEqual(expected);
  });

  it('keeps letters outside ASCII, wherever they are cut', () => {
    const line = '+COPS: 0,0,"Zürich 中国移动"';
    const { take } = cut();
    expect(take(`${line}\r\n`)).toEqual([line]);
    expect([...Buffer.from(`${line}\r\n`)].flatMap((byte) => take(Uint8Array.of(byte)))).toEqual([line]);
  });

  it('finds the prompt without a line end where one is expected', () => {
    const { framer, take } = cut();
    framer.expectPrompt(true);
    expect(take('AT+CMGS=5\r')).toEqual(['AT+CMGS=5']);
    expect(take('\r\n>')).toEqual(['<prompt>']);
    expect(take(' \r\n+CMGS: 7\r\n')).toEqual(['+CMGS: 7']);
  });

  it('drops a line that is too long and goes on with the next', () => {
    const { take } = cut(10);
    expect(take('0123456789')).toEqual([]);
    expect(take('0123456789\r\nOK\r\n')).toEqual(['<overflow>', 'OK']);
    expect(take('0123456789ABC\r\nOK\r\n0123456789\r\n')).toEqual(['<overflow>', 'OK', '0123456789']);
  });
});
