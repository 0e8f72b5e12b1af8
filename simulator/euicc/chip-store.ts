import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ChipState } from './chip-state.ts';
import { chipStateSchema } from './chip-state.ts';

/** The chip's non-volatile memory. Synchronous, because a card answers a command only when what it changed is written. */
export type ChipStore = {
  /** What was written last, by this process or by another one that had the chip before. @throws Error where the file is none of ours */
  load(): ChipState;
  /** Durable when it returns. @throws Error of the file system */
  save(state: ChipState): void;
};

/** Forgotten when the process ends. */
export function memoryChipStore(initial: ChipState): ChipStore {
  let state = initial;
  return {
    load: () => state,
    save: (next) => {
      state = next;
    },
  };
}

const fileName = 'chip.json';

/**
 * A chip in a folder, which is made where it is missing. `initial` is used only for a new chip.
 * A change is written beside the old state, synced, and put in its place, so that a crash between any two steps leaves one of the two.
 */
export function folderChipStore(folder: string, initial: ChipState): ChipStore {
  const path = join(folder, fileName);
  const save = (state: ChipState): void => {
    const beside = `${path}.new`;
    const file = openSync(beside, 'w');
    try {
      writeSync(file, `${JSON.stringify(state, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
    syncFolder(folder);
  };
  mkdirSync(folder, { recursive: true });
  if (read(path) === null) save(initial);
  return {
    load: () => {
      const text = read(path);
      if (text === null) throw new Error(`The chip is gone from ${folder}.`);
      return chipStateSchema.parse(JSON.parse(text));
    },
    save,
  };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Without this the new name itself can be lost in a power cut. Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
