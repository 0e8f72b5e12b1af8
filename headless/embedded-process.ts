/** `startProcess` of the shells that run on Node: the program is a child process from the sources. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { ChildProcess, StartProcess } from '#core/ports.ts';
import { compileCacheFolder } from './compile-cache.ts';
import { childEnvironment, openProgramLog, readReadyLine, readyDeadlineMs, stopDeadlineMs } from './child-program.ts';

const root = resolve(import.meta.dirname, '..');

/** What each program is started with, apart from its environment. `--until-eof`: it never outlives the application, however that ends. */
const commandLines: Readonly<Record<'service' | 'bench', (dataDir: string) => readonly string[]>> = {
  service: () => [join(root, 'service', 'index.ts'), '--until-eof'],
  bench: (dataDir) => [join(root, 'simulator', 'cli.ts'), 'bench', '--json', '--state', join(dataDir, 'bench'), '--until-eof'],
};

/** Starts programs with the Node that runs this one; what they write to stderr goes to `<dataDir>/logs`. */
export function createStartProcess(dataDir: string): StartProcess {
  return (program, environment): ChildProcess => {
    const child = spawn(process.execPath, [...commandLines[program](dataDir)], {
      cwd: root,
      env: childEnvironment({ NODE_COMPILE_CACHE: compileCacheFolder, ...environment }),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const ended = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
    child.stdin.on('error', () => undefined); // it ended before its input did
    child.stderr.pipe(openProgramLog(dataDir, program));
    const ready = readReadyLine(child.stdout, ended, readyDeadlineMs);
    ready.catch(() => undefined); // whoever asks still gets it; nobody has to ask
    return {
      ready,
      ended,
      async stop() {
        child.stdin.end();
        child.kill('SIGTERM');
        const insist = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
        await ended;
        clearTimeout(insist);
      },
    };
  };
}
