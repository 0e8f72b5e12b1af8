import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { ModemPlug, PluggableModem } from './modem-plug.ts';

/**
 * The plug on a real pseudo-terminal: socat makes it, links its name to `path`, and carries the bytes over its own input and output.
 * Unplugging ends socat, and whoever has the terminal open sees it hang up as a device that is pulled out. A modem that is renamed comes back
 * with `-1`, `-2` and so on behind its name.
 */
export type PtyPlug = {
  /** Resolves when the terminal is there. @throws Error where socat is missing or cannot make it */
  readonly ready: Promise<void>;
  /** Resolves when the terminal is gone. */
  close(): Promise<void>;
};

const readyWithin = 10_000; // milliseconds

export function plugIntoPty(firstPath: string, modem: PluggableModem, plug: ModemPlug, renames = false): PtyPlug {
  let path = firstPath;
  let returns = 0;
  let socat: ChildProcess | null = null;
  modem.onOutput((bytes) => {
    if (socat?.stdin?.writable === true) socat.stdin.write(bytes);
  });
  plug.onChange((plugged) => {
    if (plugged && renames) path = `${firstPath}-${(returns += 1)}`;
    if (plugged) start().catch((error: unknown) => process.emitWarning(String(error)));
    else stop();
  });

  async function start(): Promise<void> {
    // ignoreeof: when the host closes the terminal socat reads an end of file, and is to wait for the next host.
    const child = spawn('socat', [`pty,raw,echo=0,link=${path},ignoreeof`, '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
    socat = child;
    let complaint = '';
    let failure: Error | null = null;
    child.stdout.on('data', (bytes: Buffer) => {
      if (socat === child) modem.receive(bytes);
    });
    child.stderr.on('data', (bytes: Buffer) => {
      complaint = `${complaint}${bytes.toString()}`.slice(-500);
    });
    child.stdin.on('error', () => child.kill());
    child.on('error', (error) => {
      failure = error;
    });
    const deadline = Date.now() + readyWithin;
    while (!exists(path)) {
      if (failure !== null || child.exitCode !== null || Date.now() > deadline) {
        child.kill();
        throw new Error(`socat makes no terminal at ${path}: ${complaint.trim()}`, { cause: failure });
      }
      await wait(10);
    }
  }

  function stop(): void {
    socat?.kill('SIGKILL');
    socat = null;
    rmSync(path, { force: true });
  }

  return {
    ready: start(),
    async close() {
      const child = socat;
      const ended = child === null || child.exitCode !== null || child.signalCode !== null ? null : once(child, 'exit');
      plug.close();
      stop();
      await ended;
    },
  };
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
