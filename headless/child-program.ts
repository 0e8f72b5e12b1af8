/** A program that runs beside the application, whatever kind of process it is: what it inherits, its readiness line, its log. */
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

export const readyDeadlineMs = 30_000;
/** How long a program may take to end by itself before it is ended. */
export const stopDeadlineMs = 5000;

/** A readiness line is a few addresses and keys; a child that writes more without a line is not one of ours. */
const longestLine = 64 * 1024;
const largestLog = 1024 * 1024;

/** The children inherit what a program needs of the system, and not one variable more: keys of the surroundings stay outside. */
export function childEnvironment(given: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'TMP', 'TZ', 'LANG', 'LC_ALL'];
  const environment: Record<string, string> = {};
  for (const name of inherited) if (process.env[name] !== undefined) environment[name] = process.env[name];
  return { ...environment, ...given };
}

/**
 * The one JSON line that a program prints when it is ready. Whatever it prints after that is read and dropped, so that a full pipe
 * never stops it.
 * @throws Error when the program ends, prints something else, or is not ready before the deadline
 */
export function readReadyLine(output: NodeJS.ReadableStream, ended: Promise<unknown>, deadlineMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the program was not ready within ${deadlineMs} ms`)), deadlineMs);
    timer.unref();
    let text = '';
    let decided = false;
    const decide = (settle: () => void): void => {
      if (decided) return;
      decided = true;
      clearTimeout(timer);
      settle();
    };
    output.setEncoding('utf8');
    output.on('data', (chunk: string) => {
      if (decided) return;
      text += chunk;
      const end = text.indexOf('\n');
      if (end < 0) {
        if (text.length > longestLine) decide(() => reject(new Error('the program did not print a line')));
        return;
      }
      decide(() => {
        try {
          resolve(JSON.parse(text.slice(0, end)));
        } catch (error) {
          reject(new Error('the first line of the program is not JSON', { cause: error }));
        }
      });
    });
    void ended.then(() => decide(() => reject(new Error('the program ended before it was ready'))));
  });
}

/** Opens `<dataDir>/logs/<program>.log` for appending. One former log is kept, so that the folder never grows without end. */
export function openProgramLog(dataDir: string, program: string): WriteStream {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${program}.log`);
  if (existsSync(path) && statSync(path).size > largestLog) renameSync(path, `${path}.1`);
  const log = createWriteStream(path, { flags: 'a', mode: 0o600 });
  log.on('error', () => undefined); // a full disk must not take the application along
  return log;
}
