import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readerProfiles } from '../sample.ts';
import { UsageError } from '../usage-error.ts';
import type { CardSlot } from './card-slot.ts';
import { parseChipKind } from './chip-kind.ts';
import { makeChipSlot } from './make-chip-slot.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chip-slot-'));
  folders.push(folder);
  return folder;
}

function open(stateDir: string, kind?: string): CardSlot {
  return makeChipSlot({ stateDir, profiles: readerProfiles, serial: 1, ...(kind === undefined ? {} : { kind: parseChipKind(kind) }) });
}

it('keeps the kind of a chip, and both its elements, in the folder', () => {
  const folder = makeFolder();
  const made = open(folder, 'two-se+t1');
  expect(readdirSync(folder).toSorted()).toEqual(['chip.json', 'second-element']);
  const again = open(folder);
  expect(again.protocol).toBe('T=1');
  expect(again.controls.states()).toEqual(made.controls.states());
  expect(again.controls.states().map(({ profiles }) => profiles.length)).toEqual([3, 2]);
});

it('does not make another card of one that is there', () => {
  const folder = makeFolder();
  open(folder, 'only-aid');
  expect(() => open(folder, 'only-iccid')).toThrow(UsageError);
  expect(open(folder, 'only-aid').controls.state().kind).toBe('only-aid');
});

it('takes a chip that was written before there were kinds for an ordinary one', () => {
  const folder = makeFolder();
  open(folder);
  const path = join(folder, 'chip.json');
  const older: unknown = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
    ['kind', 'secondIccid', 'catBusyLeft', 'slot'].includes(key) ? undefined : value,
  );
  writeFileSync(path, JSON.stringify(older));
  expect(readFileSync(path, 'utf8')).not.toContain('kind');
  expect(open(folder).controls.state()).toMatchObject({ kind: 'normal', secondIccid: null, catBusyLeft: 0 });
});
