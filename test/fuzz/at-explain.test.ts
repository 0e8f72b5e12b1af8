import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDecoders } from '#native/at/explain/decoders.ts';
import { createExplainer, explainAnswer } from '#native/at/explain/explainer.ts';
import { explainLine } from '#native/at/explain/explain-line.ts';
import type { ExplainedValue } from '#native/at/explain/explanation.ts';
import { cpuTime } from '../support/cpu-time.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 10_000);

const names = lineDecoders.flatMap((decoder) => decoder.names);
const value = fc.oneof(
  fc.string({ maxLength: 24 }),
  fc.nat(300).map(String),
  fc.integer().map(String),
  fc.string({ unit: fc.constantFrom('0', '9', 'A', 'F', 'f', '8'), maxLength: 40 }),
  fc.constantFrom(
    '"',
    '""',
    '',
    '(0-2)',
    '((1,"A"),(2',
    '(0-999999999)',
    '0x5',
    'READY',
    '"SM"',
    '"LTE"',
    '"00410042"',
    '-',
    '1.2.3.4',
    '::1',
    '24/01/02,03:04:05+04',
  ),
);
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(': ', ':', ' : ', ' ', '('), fc.array(value, { maxLength: 24 }))
    .map(([name, colon, values]) => name + colon + values.join(',')),
  fc.constantFrom('OK', 'ERROR', '+CME ERROR: 10', 'RING', 'AT+CMGL=4', '00040A0B', ''),
  fc.string({ maxLength: 60 }),
);
const command = fc.option(
  fc.tuple(fc.constantFrom(...names), fc.constantFrom('?', '=?', '', '=1,"2"')).map(([name, form]) => `AT${name}${form}`),
  { nil: undefined },
);
const vendor = fc.constantFrom(undefined, 'quectel', 'u-blox', 'telit', 'huawei', 'simcom', 'nordic-nrf91', 'somebody');

/** No NaN, no infinity, nothing that JSON would lose. */
function isSound(explained: ExplainedValue): boolean {
  if (typeof explained === 'number') return Number.isFinite(explained);
  if (typeof explained !== 'object' || explained === null) return explained !== undefined;
  return Object.values(explained).every(isSound);
}

describe('whatever a modem says', () => {
  it('is explained in values that JSON keeps, or not at all', () => {
    fc.assert(
      fc.property(line, command, vendor, (text, sent, maker) => {
        const explanation = explainLine(text, { command: sent, vendor: maker });
        if (explanation !== null) expect(isSound(explanation.value), JSON.stringify(explanation)).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it('can be explained line after line, and as an answer', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), command, (lines, sent) => {
        const explainer = createExplainer({ command: sent });
        for (const text of lines) explainer.explain(text);
        for (const { value: explained } of explainAnswer(lines, { command: sent })) expect(isSound(explained)).toBe(true);
      }),
      { numRuns: runs / 5 },
    );
  });

  it('costs no more than it is long', () => {
    const long = [' ', '9', '"', ',', '(', ')', 'A', ':', '0,', '(0-9),', '",', 'F0', '1.', '; '].map((text) =>
      text.repeat(40_000 / text.length),
    );
    const begun = cpuTime();
    for (const name of ['', ...names]) for (const text of long.slice(0, name === '' ? undefined : 6)) explainLine(`${name}: ${text}`);
    for (const text of long) explainLine(text, { command: 'AT+CGMI;+CIMI;+CCHO=1;+CGSN' });
    const explainer = createExplainer();
    for (let count = 0; count < 20_000; count += 1) explainer.explain('+CUSD: 0,"never');
    expect(cpuTime() - begun).toBeLessThan(10_000);
  });
});
