import { describe, expect, it } from 'vitest';
import { createAtFramer } from './framer.ts';

function lines(...chunks: string[]): string[] {
  const framer = createAtFramer();
  return chunks
    .flatMap((chunk) => framer.push(Buffer.from(chunk, 'latin1')))
    .map((token) => (token.kind === 'line' ? token.text : `<${token.kind}>`));
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

  it('keeps letters outside ASCII', () => {
    expect(createAtFramer().push(Buffer.from('+COPS: 0,0,"Zürich 中国移动"\r\n'))).toEqual([
      { kind: 'line', text: '+COPS: 0,0,"Zürich 中国移动"' },
    ]);
  });

  it('finds the prompt without a line end where one is expected', () => {
    const framer = createAtFramer();
    framer.expectPrompt(true);
    expect(framer.push(Buffer.from('AT+CMGS=5\r'))).toEqual([{ kind: 'line', text: 'AT+CMGS=5' }]);
    expect(framer.push(Buffer.from('\r\n>'))).toEqual([{ kind: 'prompt' }]);
    expect(framer.push(Buffer.from(' \r\n+CMGS: 7\r\n'))).toEqual([{ kind: 'line', text: '+CMGS: 7' }]);
  });

  it('drops a line that is too long and goes on with the next', () => {
    const framer = createAtFramer(10);
    expect(framer.push(Buffer.from('0123456789'))).toEqual([]);
    expect(framer.push(Buffer.from('0123456789\r\nOK\r\n'))).toEqual([{ kind: 'overflow' }, { kind: 'line', text: 'OK' }]);
  });
});
