import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Answers } from '#native/at/commands/radio/setting-way.ts';
import { clockCommand } from '#native/at/commands/clock.ts';
import { imeiSvCommand, makersSerialNumberCommand } from '#native/at/commands/identity.ts';
import { ownNumbersCommand } from '#native/at/commands/own-numbers.ts';
import { contextAuthenticationCommand, contextServersCommand } from '#native/at/commands/pdp-context.ts';
import { isDeviceError } from '#native/errors.ts';
import { findVendor } from '#native/modem/vendors/find-vendor.ts';

/** There are fifty of them, and what they are made of has its own ten thousand cases (`at-explain`): a quarter is enough in a test run. */
const runs = Math.ceil(Number(process.env['FUZZ_RUNS'] ?? 10_000) / 4);

const makers = ['Quectel', 'SIMCOM', 'Fibocom', 'Sierra', 'Telit', 'u-blox', 'Huawei', 'ZTE', 'Nordic', 'MeiG', 'nobody'];
const vendors = [
  ...makers.map((manufacturer) => findVendor({ manufacturer, model: null, revision: null, imei: null })),
  findVendor({ manufacturer: 'Fibocom', model: 'L850-GL', revision: null, imei: null }),
];
const distinct = <Way>(lists: readonly (readonly Way[])[]): readonly Way[] => [...new Set(lists.flat())];
const technologies = distinct(vendors.map((vendor) => vendor.technologies));
const bands = distinct(vendors.map((vendor) => vendor.bands));
const slots = distinct(vendors.map((vendor) => vendor.slots));
const readers = [
  ...distinct(vendors.map((vendor) => vendor.cells)),
  ...distinct(vendors.map((vendor) => vendor.temperature)),
  ...distinct(vendors.map((vendor) => vendor.counters)),
  ...distinct(vendors.map((vendor) => vendor.radioLock)),
  ...[clockCommand, imeiSvCommand, makersSerialNumberCommand, ownNumbersCommand, contextAuthenticationCommand, contextServersCommand].map(
    (command) => ({ line: command.encode(), decode: (lines: readonly string[]): unknown => command.decode(lines) }),
  ),
];

const field = fc.oneof(
  fc.nat(600).map(String),
  fc.constantFrom(
    '',
    '"',
    '""',
    '0',
    '1',
    '(0-3)',
    '(1,2,4,10,20)',
    '(0-99999999)',
    '"band"',
    '"nwscanmode"',
    '"lte_band"',
    '"mode_pref"',
    'AUTO',
    'LTE:NR5G',
  ),
  fc.constantFrom(
    '"servingcell"',
    '"LTE"',
    '"0302"',
    '0x80045',
    '7FFFFFFFFFFFFFFF',
    '-96',
    '00, Automatic',
    '"1111000"',
    '(("00","0302"))',
    '101',
    '5078',
  ),
  fc.string({ maxLength: 20 }),
);

/** Lines with the names that the questions have, or none, and fields of any kind. */
function answerTo(line: string): fc.Arbitrary<readonly string[]> {
  const names = [...line.matchAll(/[+^#%!][A-Z0-9]+/gu)].map(([name]) => name);
  const one = fc
    .tuple(fc.constantFrom(...names.map((name) => `${name}: `), ''), fc.array(field, { maxLength: 24 }))
    .map(([name, fields]) => name + fields.join(','));
  return fc.array(one, { maxLength: 4 });
}

function answersTo(questions: readonly string[]): fc.Arbitrary<Answers> {
  return fc.tuple(...questions.map((line) => fc.option(answerTo(line), { freq: 8 })));
}

/** The value, or undefined where the answer is refused as one; anything else is a defect. */
function decoded<Value>(decode: () => Value): Value | undefined {
  try {
    return decode();
  } catch (error) {
    if (isDeviceError(error) && error.code === 'AT_ANSWER') return undefined;
    throw error;
  }
}

/** One line each that a modem could read, and nothing that ends it early. */
function expectLines(lines: readonly string[] | null): void {
  for (const line of lines ?? []) expect(line).toMatch(/^AT[+^#%!][\x20-\x7e]{1,1000}$/u);
}

it.each(technologies.map((way) => [way.name, way] as const))('technologies by %s are read or refused, and told in lines', (_name, way) => {
  fc.assert(
    fc.property(answersTo(way.questions), (answers) => {
      const now = decoded(() => way.decode(answers));
      if (now === undefined) return;
      expect(now.allowed.length).toBeGreaterThan(0);
      expect(now.choices.some((choice) => choice.join() === now.allowed.join())).toBe(true);
      for (const allowed of now.choices)
        expectLines(way.encode({ allowed, preferred: now.canPrefer ? (allowed[0] ?? null) : null }, answers));
    }),
    { numRuns: runs },
  );
});

it.each(bands.map((way) => [way.name, way] as const))('bands by %s are read or refused, and told in lines', (_name, way) => {
  fc.assert(
    fc.property(answersTo(way.questions), (answers) => {
      const now = decoded(() => way.decode(answers));
      if (now === undefined) return;
      expect(now.enabled.every((name) => /^(?:GSM|U|B|n)\d+$/u.test(name))).toBe(true);
      if (now.supported.length > 0) expectLines(way.encode(now.supported.slice(0, 1), answers));
      expectLines(way.encode(null, answers));
    }),
    { numRuns: runs },
  );
});

it.each(slots.map((way) => [way.name, way] as const))('slots by %s are read or refused', (_name, way) => {
  fc.assert(
    fc.property(answersTo(way.questions), (answers) => {
      const now = decoded(() => way.decode(answers));
      if (now === undefined) return;
      expect(now.active).toBeLessThanOrEqual(now.count);
      expectLines(way.encode(1, answers));
    }),
    { numRuns: runs },
  );
});

it.each(readers.map((way) => [way.line, way] as const))('what %s answers is read or refused', (line, way) => {
  fc.assert(
    fc.property(answerTo(line), (lines) => {
      decoded(() => way.decode(lines));
    }),
    { numRuns: runs },
  );
});
