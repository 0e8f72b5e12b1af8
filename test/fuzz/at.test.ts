import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyLine } from '#native/at/classify-line.ts';
import { commandDeadline, commandLabel, parseCommandLine } from '#native/at/command-line.ts';
import type { SettingWay } from '#native/at/commands/radio/setting-way.ts';
import { decodeRegistrationLine } from '#native/at/commands/registration.ts';
import { decodeSimNews } from '#native/at/commands/sim-state.ts';
import { parseFinalResult } from '#native/at/final-result.ts';
import { createAtFramer } from '#native/at/framer.ts';
import { isUnsolicited, trailingLines } from '#native/at/unsolicited.ts';
import { isDeviceError } from '#native/errors.ts';
import { cpuTime } from '../support/cpu-time.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 10_000);

/** Lines as modems write them, bent: right names, values of any kind, quotes and colons in wrong places. */
const name = fc.constantFrom(
  '+CREG',
  '+CEREG',
  '+C5GREG',
  '+CGREG',
  '+COPS',
  '+CSQ',
  '+CESQ',
  '+CPIN',
  '+CCID',
  '+QCCID',
  '^ICCID',
  '+CRSM',
  '+CGLA',
  '+CCHO',
  '+CFUN',
  '+CMT',
  '+CGMI',
  '+CME ERROR',
  '+CMS ERROR',
);
const value = fc.oneof(
  fc.string({ maxLength: 24 }),
  fc.nat(300).map(String),
  fc.string({ unit: fc.constantFrom('0', '9', 'A', 'F', 'f', '8'), maxLength: 40 }),
  fc.constantFrom('"', '""', '', '(0-2)', '0x5', 'READY', '89860012345678901234', '-1'),
);
const modemLine = fc.oneof(
  fc
    .tuple(name, fc.constantFrom(': ', ':', ' : ', ' '), fc.array(value, { maxLength: 9 }))
    .map(([prefix, colon, values]) => prefix + colon + values.join(',')),
  fc.constantFrom('OK', 'ERROR', 'NO CARRIER', 'CONNECT 115200', '> ', 'RING', 'RDY', ''),
  fc.string({ maxLength: 60 }),
);

const folder = new URL('../../native/at/commands/', import.meta.url);

/** Every command there is, also those that are made for one of several names. */
async function everyCommand(): Promise<readonly Decoder[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<Readonly<Record<string, unknown>>>));
  return modules
    .flatMap((module) => Object.values(module))
    .flatMap((value) => [value, ...Object.values(value ?? {})])
    .flatMap(decodersOf);
}

type Decoder = { readonly name: string; decode(lines: readonly string[]): unknown };

/** A command, or a maker's way to a setting, which has several questions: some are refused. */
function decodersOf(value: unknown): readonly Decoder[] {
  if (typeof value !== 'object' || value === null || !('name' in value && 'encode' in value && 'decode' in value)) return [];
  if (!('questions' in value)) return [value as Decoder];
  const way = value as SettingWay<unknown, never>;
  const refused = (lines: readonly string[]) => way.questions.map((_question, index) => (index === 0 ? lines : null));
  return [
    { name: way.name, decode: (lines) => way.decode(way.questions.map(() => lines)) },
    { name: `${way.name}, the first question only`, decode: (lines) => way.decode(refused(lines)) },
  ];
}

const decoders = await everyCommand();

describe('whatever a modem sends', () => {
  it('comes out of the framer the same, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 }),
        fc.boolean(),
        (bytes, cuts, prompt) => {
          const whole = framed(64, prompt);
          whole.push(bytes);
          const cut = framed(64, prompt);
          let start = 0;
          for (const size of cuts) {
            cut.push(bytes.slice(start, start + size));
            start += size;
          }
          cut.push(bytes.slice(start));
          expect(cut.found).toEqual(whole.found);
        },
      ),
      { numRuns: runs },
    );
  });

  it('has decoders to meet', () => {
    expect(decoders.length).toBeGreaterThan(40);
  });

  it('is decoded or refused with AT_ANSWER, never anything else', () => {
    fc.assert(
      // Each case meets every fourth of them.
      fc.property(fc.array(modemLine, { maxLength: 6 }), fc.nat(3), (lines, turn) => {
        for (const command of decoders.filter((_decoder, index) => index % 4 === turn)) {
          try {
            command.decode(lines);
          } catch (error) {
            expect(isDeviceError(error) ? error.code : error, command.name).toBe('AT_ANSWER');
          }
        }
      }),
      { numRuns: runs },
    );
  });

  it('always belongs to somebody', () => {
    fc.assert(
      fc.property(modemLine, fc.string({ maxLength: 40 }), fc.boolean(), fc.boolean(), (line, sent, echoSeen, echoRequired) => {
        const command = `AT${sent}`;
        const classified = classifyLine(line, { line: command, parts: parseCommandLine(command), echoSeen, echoRequired });
        if (echoRequired && !echoSeen) expect(['answer', 'final']).not.toContain(classified.kind);
        expect(commandDeadline(command)).toBeGreaterThan(0);
        expect(commandLabel(command).length).toBeLessThanOrEqual(80);
        for (const decode of [decodeRegistrationLine, decodeSimNews, parseFinalResult, isUnsolicited, trailingLines]) decode(line);
      }),
      { numRuns: runs },
    );
  });

  it('takes time in proportion to its length', () => {
    cost(200_000);
    const small = Math.max(1, cost(200_000));
    expect(cost(2_000_000)).toBeLessThan(small * 100);
  });

  it('cannot make a decoder stumble over one very long line', () => {
    const long = [' '.repeat(40_000), '9'.repeat(40_000), '"'.repeat(40_000), ','.repeat(40_000), 'AB'.repeat(20_000), ':'.repeat(40_000)];
    const begun = cpuTime();
    for (const text of long) {
      for (const prefix of ['', '+CREG: ', '+CGLA: ', '+COPS: ', '+CCID: ', '+CME ERROR: ', '+CPIN:']) {
        const line = prefix + text;
        for (const command of decoders) {
          try {
            command.decode([line]);
          } catch (error) {
            expect(isDeviceError(error)).toBe(true);
          }
        }
        classifyLine(line, { line: 'AT+CREG?', parts: parseCommandLine('AT+CREG?'), echoSeen: true, echoRequired: true });
      }
    }
    expect(cpuTime() - begun).toBeLessThan(8_000);
  });
});

/** A framer and what comes out of it. */
function framed(maximum: number, expectsPrompt: boolean): { readonly found: readonly string[]; push(bytes: Uint8Array): void } {
  const found: string[] = [];
  const framer = createAtFramer(
    { onLine: (text) => found.push(`line ${text}`), onPrompt: () => found.push('prompt'), onOverflow: () => found.push('overflow') },
    maximum,
  );
  framer.expectPrompt(expectsPrompt);
  return { found, push: (bytes) => framer.push(bytes) };
}

/** Milliseconds that it takes to cut and decode so many bytes of registration news. */
function cost(bytes: number): number {
  const framer = createAtFramer({ onLine: decodeRegistrationLine, onPrompt: () => undefined, onOverflow: () => undefined });
  const line = Buffer.from(`+CREG: ${'"",'.repeat(40)}\r\n`);
  const begun = cpuTime();
  for (let sent = 0; sent < bytes; sent += line.length) framer.push(line);
  return cpuTime() - begun;
}
