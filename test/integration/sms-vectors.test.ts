import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { acceptedDifferences, unaskedFields } from './support/sms-vector-differences.ts';
import type { Fields, SmsVector } from './support/sms-message-views.ts';
import { views } from './support/sms-vector-views.ts';

/**
 * PDUs and parts of them with what other projects' own tests expect. They lie beside the checkout and are no part of it: what is compared
 * is read from there, and nothing of it is written here.
 */
const folder = new URL('../../../shared/vectors/', import.meta.url);
const present = existsSync(new URL('sms.jsonl', folder));

function readVectors(): readonly SmsVector[] {
  return ['sms.jsonl', 'modem.jsonl'].flatMap((name) =>
    readFileSync(new URL(name, folder), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as SmsVector),
  );
}

/** Times are written in several ways, types with and without their prefix, and a prefix of a text is a text that begins so. */
function isSame(name: string, ours: unknown, theirs: unknown): boolean {
  if (name === 'textPrefix') return String(ours).startsWith(String(theirs));
  if (name === 'type') return ours === String(theirs).toLowerCase().replace('sms-', '');
  if (typeof theirs === 'string' && /^\d{4}-\d\d-\d\dT/.test(theirs)) return ours === sameTime(theirs);
  if (Array.isArray(theirs)) return Array.isArray(ours) && isDeepStrictEqual(ours, theirs);
  if (typeof theirs === 'object' && theirs !== null && typeof ours === 'object' && ours !== null) {
    return Object.entries(theirs).every(([field, value]) => isSame(field, (ours as Fields)[field], value));
  }
  return isDeepStrictEqual(ours ?? null, theirs);
}

function sameTime(time: string): string {
  return time.replace('Z', '+00:00').replace(/(T.*[+-]\d\d)$/, '$1:00');
}

function differencesOf(vector: SmsVector, view: (vector: SmsVector) => Fields): readonly string[] {
  const { expected } = vector;
  const refused = expected['error'] !== undefined || expected['ok'] === false;
  let ours: Fields;
  try {
    ours = view(vector);
  } catch (error) {
    return refused ? [] : [`refused: ${String(error)}`];
  }
  if (refused) return ['not refused'];
  return Object.entries(expected)
    .filter(([name]) => name !== 'ok' && !unaskedFields.has(name) && !(vector.kind === 'charset-fits' && !(name in ours)))
    .filter(([name, theirs]) => !isSame(name, ours[name], theirs))
    .map(([name, theirs]) => `${name}: ${JSON.stringify(ours[name])} and not ${JSON.stringify(theirs)}`);
}

describe.skipIf(!present)('messages of other projects (skipped where ../shared/vectors is not beside the checkout)', () => {
  it('are read and written as their tests expect, or differ for a reason', () => {
    const rows = new Map<string, { asExpected: number; differs: string[] }>();
    const unexplained: string[] = [];
    const met = new Set<(typeof acceptedDifferences)[number]>();
    for (const vector of present ? readVectors() : []) {
      const kind = vector.kind ?? vector.op ?? '';
      const view = views[kind];
      if (view === undefined) continue;
      const row = rows.get(kind) ?? { asExpected: 0, differs: [] };
      rows.set(kind, row);
      const differences = differencesOf(vector, view);
      const accepted = acceptedDifferences.find(({ ids }) => ids.test(vector.id));
      const reason = accepted?.reason;
      if (differences.length === 0) row.asExpected += 1;
      else {
        if (accepted !== undefined) met.add(accepted);
        row.differs.push(`${vector.id}: ${reason ?? differences.join('; ')}`);
        if (reason === undefined) unexplained.push(`${vector.id} ${differences.join('; ')}`);
      }
    }
    const figures = [...rows].map(
      ([kind, { asExpected, differs }]) => `${kind.padEnd(22)} ${asExpected} as expected, ${differs.length} differ`,
    );
    console.info([...figures, ...[...rows.values()].flatMap(({ differs }) => differs)].join('\n'));
    expect(unexplained).toEqual([]);
    expect(acceptedDifferences.filter((accepted) => !met.has(accepted))).toEqual([]);
    expect(rows.size).toBeGreaterThan(30);
  });
});
