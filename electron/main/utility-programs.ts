import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { ChildProcess, StartProcess } from '#core/ports.ts';
import { childEnvironment, openProgramLog, readReadyLine, readyDeadlineMs, stopDeadlineMs } from '#headless/child-program.ts';
import type { Paths } from './paths.ts';

/**
 * `startProcess` of the desktop shell: the programs run as Electron's own utility processes, so that no second Node has to be shipped.
 * Such a process ends with the application, whatever happens to it.
 */
export function createUtilityPrograms(paths: Paths): StartProcess {
  const commandLines = { service: [], bench: ['--json', '--state', join(paths.dataDir, 'bench')] };
  return (program, environment): ChildProcess => {
    const child = utilityProcess.fork(paths.program(program), commandLines[program], {
      serviceName: `LEB Companion ${program}`,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment(environment),
    });
    const ended = new Promise<void>((done) => void child.once('exit', () => done()));
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('a utility process without pipes');
    stderr.pipe(openProgramLog(paths.dataDir, program));
    const ready = readReadyLine(stdout, ended, readyDeadlineMs);
    ready.catch(() => undefined); // whoever asks still gets it; nobody has to ask
    return {
      ready,
      ended,
      async stop() {
        const { pid } = child;
        child.kill();
        const insist = setTimeout(() => pid !== undefined && process.kill(pid, 'SIGKILL'), stopDeadlineMs);
        await ended;
        clearTimeout(insist);
      },
    };
  };
}
