import { watch } from 'node:fs';
import { dirname, join } from 'node:path';

/** Ports are looked for at least this often: what brings no event, and what an event came too early for. */
const lookEveryMs = 2_000;
/** A modem brings several ports, one after the other: they are told together. */
const settleMs = 200;

/** Rings when ports may have come or gone, and when the watching ends. */
export type PortAlarm = { next(): Promise<void>; close(): void };

/** @param named paths that the person named; the folders around them are watched beside `/dev` */
export function createPortAlarm(named: readonly string[], signal: AbortSignal): PortAlarm {
  /** Set by an event until it has been answered by a look; one that comes during a look calls for another look. */
  let rung = false;
  let hurry: (() => void) | null = null;
  const ring = (): void => {
    if (rung) return;
    rung = true;
    hurry?.();
  };
  const watchers = foldersOf(named).flatMap((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || isPortName(folder, name) || named.includes(join(folder, name))) ring();
      });
      // Without the watcher the regular look remains.
      watcher.on('error', () => undefined);
      return [watcher];
    } catch {
      return [];
    }
  });
  signal.addEventListener('abort', ring);
  return {
    next: () =>
      new Promise((resolve) => {
        const end = (): void => {
          rung = false;
          hurry = null;
          resolve();
        };
        const soon = (): void => {
          clearTimeout(timer);
          setTimeout(end, signal.aborted ? 0 : settleMs);
        };
        const timer = setTimeout(end, lookEveryMs);
        if (rung) soon();
        else hurry = soon;
      }),
    close: () => {
      signal.removeEventListener('abort', ring);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** A named path is mostly a link to a pseudo-terminal: the terminal may go while the link stays, or come back with another link. */
function foldersOf(named: readonly string[]): readonly string[] {
  if (process.platform !== 'linux' && process.platform !== 'darwin') return [];
  return [...new Set(['/dev', ...(named.length > 0 && process.platform === 'linux' ? ['/dev/pts'] : []), ...named.map(dirname)])];
}

function isPortName(folder: string, name: string): boolean {
  return folder === '/dev/pts' || (folder === '/dev' && /^(?:tty|cu\.|wwan)/.test(name));
}
