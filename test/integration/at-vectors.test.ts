import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { explainAnswer } from '#native/at/explain/explainer.ts';
import type { ExplainedFields, ExplainedValue } from '#native/at/explain/explanation.ts';
import { acceptedDifferences, impliedCommands, kindsOfOurs, otherQuestions, viewsOfSuites, type View } from './support/at-vector-views.ts';

/**
 * Answers of real modems with what other projects' own tests expect of them. They lie beside the checkout and are no part of it: what is
 * compared is read from there, and nothing of it is written here.
 */
const folder = new URL('../../../shared/vectors/', import.meta.url);
const present = existsSync(new URL('modem.jsonl', folder));

type Vector = {
  readonly id: string;
  readonly suite: string;
  readonly kind: string;
  readonly input: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly command?: string;
  readonly vendor?: string;
  readonly context?: Parameters<View>[1];
};

function readVectors(): readonly Vector[] {
  return readFileSync(new URL('modem.jsonl', folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Vector);
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function sorted(list: readonly unknown[]): readonly unknown[] {
  return list.every((item) => typeof item === 'string') ? list.toSorted() : list;
}

/** Decibels within a tenth, lists of names in any order, names in either spelling. */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (typeof theirs === 'number' && typeof ours === 'number') return Math.abs(theirs - ours) <= 0.1;
  if (theirs === null) return ours === null || ours === undefined;
  if (Array.isArray(theirs)) {
    if (!Array.isArray(ours) || ours.length !== theirs.length) return false;
    const left = sorted(ours);
    return sorted(theirs).every((item, index) => isSame(left[index], item));
  }
  if (typeof theirs === 'object' && typeof ours === 'object' && ours !== null) {
    const fields = ours as ExplainedFields;
    return Object.entries(theirs).every(([name, value]) => isSame(fields[name in fields ? name : camelCase(name)], value));
  }
  return isDeepStrictEqual(ours, theirs);
}

/** Their ways of saying that a line cannot be read. */
function isRefusal(expected: Vector['expected']): boolean {
  const values = Object.entries(expected);
  if (expected['ok'] === false || expected['final'] === false) return true;
  if (expected['error'] !== undefined && expected['error'] !== false) return true;
  return values.length > 0 && values.every(([, value]) => value === null);
}

function isAsExpected({ kind, suite, input, expected, command, vendor, context = {} }: Vector): boolean {
  const lines = (Array.isArray(input) ? input.join('\n') : String(input)).split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const found = explainAnswer(lines, { command: command ?? impliedCommands[kind], vendor });
  const values = found.filter((explanation) => kindsOfOurs[kind]?.split(' ').includes(explanation.kind) === true).map(({ value }) => value);
  const view = viewsOfSuites[`${kind}/${suite}`] ?? ((value: ExplainedValue) => value);
  const seen = values.map((value) => view(value, context)).findLast((value) => value !== undefined);
  if (expected['parses'] === true) return seen !== undefined;
  if (typeof expected['contains'] === 'string') return JSON.stringify(seen ?? null).includes(expected['contains']);
  if (seen === undefined) return isRefusal(expected);
  const { ok, ...rest } = expected;
  return (kind === 'final-result' || expected['error'] === undefined) && ok !== false && isSame(seen, rest);
}

describe.skipIf(!present)('answers of real modems (skipped where ../shared/vectors is not beside the checkout)', () => {
  it('are explained as the projects that recorded them expect, or differ for a reason', () => {
    const rows = new Map<string, { asExpected: number; differs: string[] }>();
    const unexplained: string[] = [];
    const notClaimed = new Map<string, number>();
    for (const vector of present ? readVectors() : []) {
      const claimed = vector.kind in kindsOfOurs && !otherQuestions.has(`${vector.kind}/${vector.suite}`);
      if (!claimed) {
        notClaimed.set(vector.kind, (notClaimed.get(vector.kind) ?? 0) + 1);
        continue;
      }
      const row = rows.get(vector.kind) ?? { asExpected: 0, differs: [] };
      rows.set(vector.kind, row);
      if (isAsExpected(vector)) {
        row.asExpected += 1;
        if (vector.id in acceptedDifferences) unexplained.push(`${vector.id} does not differ any more`);
      } else {
        row.differs.push(vector.id);
        if (!(vector.id in acceptedDifferences)) unexplained.push(vector.id);
      }
    }
    const text = [...rows]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(
        ([kind, { asExpected, differs }]) => `${kind.padEnd(22)} ${String(asExpected).padStart(3)} as expected, ${differs.length} differ`,
      );
    const reasons = [...rows.values()].flatMap(({ differs }) => differs).map((id) => `${id}: ${acceptedDifferences[id] ?? 'unexplained'}`);
    console.info([...text, `not claimed: ${[...notClaimed].map(([kind, count]) => `${kind} ${count}`).join(', ')}`, ...reasons].join('\n'));
    expect(unexplained).toEqual([]);
    expect(rows.size).toBeGreaterThan(50);
  });
});
