import { describe, expect, it } from 'vitest';
import { makeLineReader, parseCommandLine } from './at-input.ts';

describe('parseCommandLine', () => {
  it.each([
    ['AT', []],
    ['at+cpin?', [{ kind: 'read', name: '+CPIN' }]],
    ['ATE0', [{ kind: 'basic', name: 'E', number: 0 }]],
    [
      'ATE0V1+CMEE=2;+CSQ',
      [
        { kind: 'basic', name: 'E', number: 0 },
        { kind: 'basic', name: 'V', number: 1 },
        { kind: 'set', name: '+CMEE', parameters: ['2'] },
        { kind: 'execute', name: '+CSQ' },
      ],
    ],
    ['AT&F', [{ kind: 'basic', name: '&F', number: 0 }]],
    ['AT+COPS=?', [{ kind: 'test', name: '+COPS' }]],
    ['AT+CRSM=176,12258,0,0,10', [{ kind: 'set', name: '+CRSM', parameters: ['176', '12258', '0', '0', '10'] }]],
    ['AT+X="a,b;c",,1', [{ kind: 'set', name: '+X', parameters: ['a,b;c', '', '1'] }]],
    ['AT+X=', [{ kind: 'set', name: '+X', parameters: [''] }]],
    ['AT+X="open', null],
    ['AT+', null],
    ['hello', null],
    ['', null],
  ])('%s', (line, requests) => {
    expect(parseCommandLine(line)).toEqual(requests);
  });
});

describe('makeLineReader', () => {
  it('ends a line at CR, passes LF over and takes characters back', () => {
    const lines: string[] = [];
    const read = makeLineReader((line) => lines.push(line));
    for (const piece of ['A', 'T\r\nAT+CSX\b', 'Q\rAT', '\r']) read(Buffer.from(piece));
    expect(lines).toEqual(['AT', 'AT+CSQ', 'AT']);
  });
});
