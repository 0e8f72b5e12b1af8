import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Modems behind pseudo-terminals, all in one process of their own. */
export type PtyModems = { readonly paths: readonly string[]; close(): Promise<void> };

const readyWithin = 10_000; // milliseconds

/** @param takes how long an answer takes, in milliseconds; null: none @throws Error where socat is missing */
export async function startPtyModems(count: number, takes: number | null): Promise<PtyModems> {
  const folder = mkdtempSync(join(tmpdir(), 'leb-bench-'));
  const socket = join(folder, 'modems');
  const responder = fileURLToPath(new URL('pty-responder.ts', import.meta.url));
  const children: ChildProcess[] = [];
  const start = (program: string, args: readonly string[]): void => {
    children.push(spawn(program, args, { stdio: 'ignore' }).on('error', () => undefined));
  };
  const paths = Array.from({ length: count }, (_modem, index) => join(folder, `tty${index}`));
  async function close(): Promise<void> {
    for (const child of children) {
      const ended = child.pid === undefined || child.exitCode !== null ? null : once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  }
  start(process.execPath, [responder, socket, ...(takes === null ? [] : [String(takes)])]);
  try {
    await untilThere([socket]);
    for (const path of paths) start('socat', [`pty,raw,echo=0,link=${path},ignoreeof`, `unix-connect:${socket}`]);
    await untilThere(paths);
  } catch (error) {
    await close();
    throw error;
  }
  return { paths, close };
}

async function untilThere(paths: readonly string[]): Promise<void> {
  const deadline = Date.now() + readyWithin;
  while (!paths.every((path) => existsSync(path))) {
    if (Date.now() > deadline) throw new Error('the pseudo-terminals do not come; is socat there?');
    await wait(10);
  }
}
