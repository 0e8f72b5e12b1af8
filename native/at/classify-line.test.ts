import { describe, expect, it } from 'vitest';
import { classifyLine } from './classify-line.ts';
import { commandDeadline, commandLabel, parseCommandLine } from './command-line.ts';
import { parseFinalResult } from './final-result.ts';
import { splitFields } from './line-fields.ts';

describe('classifyLine', () => {
  it.each([
    [null, false, '+CME ERROR: 16', 'stale'],
    [null, false, '+QUSIM: 1', 'unsolicited'],
    [null, false, 'whatever', 'unsolicited'],
    ['AT+CSQ', false, 'AT+CSQ', 'echo'],
    ['AT+CSQ', false, 'at+csq', 'echo'],
    ['AT+CSQ', false, '+CSQ: 20,99', 'stale'],
    ['AT+CREG?', false, '+CSQ: 20,99', 'unsolicited'],
    ['AT+COPS?', false, '+COPS: 0', 'stale'],
    ['AT+CSQ', false, 'OK', 'stale'],
    ['AT+CEREG?', false, '+CEREG: 1', 'unsolicited'],
    ['AT+CSQ', true, '+CSQ: 20,99', 'answer'],
    ['AT+CSQ', true, '+CEREG: 1', 'unsolicited'],
    ['AT+CEREG?', true, '+CEREG: 0,1', 'answer'],
    ['AT+CEREG?', true, '+CEREG: 1', 'unsolicited'],
    ['AT+CEREG=?', true, '+CEREG: (0-2)', 'answer'],
    ['AT+QSPN?;+QCAINFO?', true, '+QCAINFO:', 'answer'],
    ['AT+QSPN?;+QCAINFO?', true, 'SCELL:41,207,2850,75', 'answer'],
    ['AT+CUSD=1,"+CGREG",15', true, '+CGREG: 1', 'unsolicited'],
    ['AT+TEST', true, '+TEST: LOOKUP OK', 'answer'],
    ['AT+TEST', true, '+TEST: TERRAIN ERROR', 'answer'],
    ['AT+TEST', true, 'OK', 'final'],
  ])('%s (echo seen: %s): %s is %s', (command, echoSeen, line, kind) => {
    const context = command === null ? null : { line: command, parts: parseCommandLine(command), echoSeen, echoRequired: true };
    expect(classifyLine(line, context).kind).toBe(kind);
  });
});

describe('parseFinalResult', () => {
  it.each([
    ['OK', 'ok'],
    ['ERROR', 'error'],
    ['CONNECT 115200', 'connect'],
    ['CONNECT: 38400', 'connect'],
    ['ABORTED', 'error'],
    ['COMMAND NOT SUPPORT', 'error'],
    ['MODEM ERROR: 8', 'error'],
    ['NO DIALTONE', 'noCarrier'],
    ['+CME ERROR: lantern', 'cme'],
    ['+CME ERROR: ', 'cme'],
    ['+CMS ERROR: 321', 'cms'],
  ])('%s', (line, kind) => {
    expect(parseFinalResult(line)?.kind).toBe(kind);
  });

  it.each(['+CME ERROR:', 'MODEM ERROR: ', 'MODEM ERROR: kettle', 'UNKNOWN COMMAND', 'OKAY', 'NOT OK', 'ERRORS', 'CONNECTED', '+CSQ: OK'])(
    '%s is none',
    (line) => {
      expect(parseFinalResult(line)).toBeNull();
    },
  );

  it('knows the words of the table in every spelling', () => {
    expect(parseFinalResult('+CME ERROR: sim NOT inserted')).toMatchObject({ code: 10, name: 'SIM not inserted' });
    expect(parseFinalResult('+CME ERROR: 111')).toMatchObject({ code: 111, name: 'PLMN not allowed' });
    expect(parseFinalResult('+CMS ERROR: walnuts')).toMatchObject({ code: null, name: 'walnuts' });
    expect(parseFinalResult('+CME ERROR: 999')).toMatchObject({ code: 999, name: 'error 999' });
  });
});

describe('command lines', () => {
  it('are split at semicolons outside quotes', () => {
    expect(parseCommandLine('AT+CREG?;+CUSD=1,"a;b",15;+COPS=?;I')).toEqual([
      { name: '+CREG', form: 'read' },
      { name: '+CUSD', form: 'set' },
      { name: '+COPS', form: 'test' },
      { name: 'I', form: 'execute' },
    ]);
  });

  it('never show their arguments in a label', () => {
    expect(commandLabel('AT+CPIN="1234"')).toBe('AT+CPIN');
    expect(commandLabel('ATD*99#')).toBe('ATD');
  });

  it('have the deadline of their slowest command', () => {
    expect(commandDeadline('AT+CSQ')).toBe(3_000);
    expect(commandDeadline('AT+CSQ;+COPS?')).toBe(10_000);
    expect(commandDeadline('AT+COPS=?')).toBe(320_000);
  });
});

it('splitFields respects quotes and forgives missing ones', () => {
  expect(splitFields('0,0,"Op, Inc.",7')).toEqual(['0', '0', 'Op, Inc.', '7']);
  expect(splitFields('2,1,"5E25')).toEqual(['2', '1', '5E25']);
  expect(splitFields(',,')).toEqual(['', '', '']);
});
