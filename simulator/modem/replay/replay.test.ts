import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readRecording } from './read-recording.ts';
import { makeReplayedModem } from './replayed-modem.ts';

type Entry = readonly [after: number, 'sent' | 'received' | 'unplugged', line?: string];

/** A trace, times in milliseconds since its start. */
function write(entries: readonly Entry[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'leb-replay-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'trace.jsonl');
  const lines = entries.map(([after, what, line]) => {
    const common = { at: new Date(Date.UTC(2026, 0, 1) + after).toISOString(), deviceId: 'serial:/dev/ttyUSB2' };
    return JSON.stringify(
      what === 'unplugged' ? { ...common, kind: 'port', what, failure: null } : { ...common, kind: 'at', direction: what, line },
    );
  });
  writeFileSync(path, ['{"at":"2026-01-01T00:00:00.000Z","kind":"http","method":"GET"}', ...lines, ''].join('\n'));
  return path;
}

function start(entries: readonly Entry[]) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const modem = makeReplayedModem(readRecording(write(entries)), 1);
  let said = '';
  let left = false;
  modem.onOutput((bytes) => (said += Buffer.from(bytes).toString()));
  modem.onReboot(() => (left = true));
  modem.powerOn();
  const pass = (milliseconds: number): string => {
    vi.advanceTimersByTime(milliseconds);
    const all = said;
    said = '';
    return all;
  };
  return {
    pass,
    ask(line: string, milliseconds = 0): string {
      modem.receive(Buffer.from(line));
      return pass(milliseconds);
    },
    hasLeft: () => left,
  };
}

it('says what it said then, as late as then', () => {
  const replay = start([
    [0, 'received', 'RDY'],
    [100, 'sent', 'AT+CSQ'],
    [101, 'received', 'AT+CSQ'],
    [150, 'received', '+CSQ: 20,99'],
    [150, 'received', 'OK'],
    [900, 'received', '+CREG: 1'],
    [1000, 'sent', 'AT+CGMM'],
    [1010, 'received', 'EG25'],
    [1010, 'received', 'OK'],
  ]);
  expect(replay.pass(1)).toBe('\r\nRDY\r\n');
  expect(replay.ask('AT+CSQ\r', 49)).toBe('AT+CSQ\r');
  expect(replay.pass(1)).toBe('\r\n+CSQ: 20,99\r\n\r\nOK\r\n');
  expect(replay.pass(750)).toBe('\r\n+CREG: 1\r\n');
  expect(replay.ask('AT+CGMM\r', 10)).toBe('\r\nEG25\r\n\r\nOK\r\n');
});

it('gives the answers to one command in order, and the last one for ever; another command is an error', () => {
  const replay = start([
    [0, 'sent', 'AT+CPIN?'],
    [0, 'received', '+CME ERROR: 14'],
    [10, 'sent', 'AT+CPIN?'],
    [10, 'received', '+CPIN: READY'],
    [10, 'received', 'OK'],
  ]);
  expect(replay.ask('AT+CPIN?\r', 1)).toContain('+CME ERROR: 14');
  expect(replay.ask('AT+CPIN?\r', 1)).toContain('+CPIN: READY');
  expect(replay.ask('AT+CPIN?\r', 1)).toContain('+CPIN: READY');
  expect(replay.ask('AT+CSQ\r', 1)).toContain('\r\nERROR\r\n');
});

it('prompts for a message, and knows a command whose numbers were kept out of the trace', () => {
  const replay = start([
    [0, 'sent', 'AT+CMGS=18'],
    [40, 'received', '> '],
    [40, 'received', '+CMGS: 7'],
    [40, 'received', 'OK'],
    [50, 'sent', '<38 digits>\u001aAT+CNUM="<15 digits>"'],
    [51, 'received', 'OK'],
  ]);
  expect(replay.ask('AT+CMGS=18\r')).toBe('\r\n> ');
  expect(replay.ask('0001000C91447700\u001a', 1)).toBe('\r\n+CMGS: 7\r\n\r\nOK\r\n');
  expect(replay.ask('AT+CNUM="001010000482160"\r', 1)).toBe('\r\nOK\r\n');
  expect(replay.ask('AT+CNUM="001"\r', 1)).toContain('ERROR');
});

it('leaves where the modem left', () => {
  const replay = start([
    [0, 'sent', 'AT+CFUN=1,1'],
    [5, 'received', 'OK'],
    [300, 'unplugged'],
  ]);
  replay.ask('AT+CFUN=1,1\r', 299);
  expect(replay.hasLeft()).toBe(false);
  replay.pass(1);
  expect(replay.hasLeft()).toBe(true);
});

it.each([
  ['{"kind":"at"}', 'line 1'],
  ['hello', 'line 1'],
  ['', 'no AT command'],
])('%j is refused', (text, words) => {
  const path = write([]);
  writeFileSync(path, text);
  expect(() => readRecording(path)).toThrow(words);
});
