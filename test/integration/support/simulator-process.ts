import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A program of the simulator as a process of its own. */
export type SimulatorProcess = {
  /** The JSON line that it printed when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** An order on its standard input: remove, insert, plug, unplug … */
  order(line: string): void;
  stop(): Promise<void>;
};

/** @throws Error where it ends, or says nothing for half a minute */
export async function startSimulator(...argv: readonly string[]): Promise<SimulatorProcess> {
  const path = fileURLToPath(import.meta.resolve('#simulator/cli.ts'));
  const child = spawn(process.execPath, [path, ...argv, '--until-eof'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    complaint = `${complaint}${bytes.toString()}`.slice(-2000);
  });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  };
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const line = await Promise.race([once(lines, 'line').then(([first]) => String(first)), ended.then(() => null)]);
  clearTimeout(timer);
  if (line === null) throw new Error(`simulator ${argv.join(' ')} did not start: ${complaint}`);
  return {
    ready: JSON.parse(line) as Readonly<Record<string, unknown>>,
    order: (order) => {
      child.stdin.write(`${order}\n`);
    },
    stop,
  };
}
