import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TextFromOutside } from './modem/sms-centre.ts';

/** A text on its way through the air: the carrier and the modem of the bench run in different programs, and have a folder in common. */
const onAir = z.strictObject({ from: z.string().max(20), to: z.string().max(20), text: z.string().max(10_000) });

const lookEvery = 500; // milliseconds
const ending = '.json';

/** @param key the same text under the same key is one text */
export function putOnAir(folder: string, key: string, text: TextFromOutside): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, encodeURIComponent(key));
  writeFileSync(path, JSON.stringify(text), { mode: 0o600 });
  // A listener looks at whole files only.
  renameSync(path, path + ending);
}

/** @param take false: not now; the text stays on the air */
export function listenOnAir(folder: string, take: (text: TextFromOutside) => boolean): { close(): void } {
  const timer = setInterval(() => {
    for (const name of filesIn(folder)) {
      const path = join(folder, name);
      const text = readText(path);
      if (text === null || take(text)) rmSync(path, { force: true });
    }
  }, lookEvery);
  timer.unref();
  return { close: () => clearInterval(timer) };
}

/** In the order of their keys; none where the carrier has not sent anything yet. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .toSorted();
  } catch {
    return [];
  }
}

/** Null: nothing that could ever be delivered. */
function readText(path: string): TextFromOutside | null {
  try {
    return onAir.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
