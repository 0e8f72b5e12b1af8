// utilityProcess: a forked Node process. Ports travel over the same bridge as to a page.
import { fork, type ChildProcess, type IOType } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cloneForIpc } from './codec.ts';
import { lifecycle } from './lifecycle.ts';
import { PortBridge, transferPorts } from './ports.ts';
import { record } from './recorder.ts';
import { strict, StrictEmitter } from './strict.ts';
import type { PortFrame } from '../shared/frames.ts';

export type UtilityFrame = PortFrame | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly string[] };

const entry = fileURLToPath(new URL('./utility-entry.ts', import.meta.url));

class UtilityProcessDouble
  extends StrictEmitter
  implements Pick<Electron.UtilityProcess, 'postMessage' | 'kill' | 'pid' | 'stdout' | 'stderr'>
{
  pid: number | undefined;
  readonly stdout: ChildProcess['stdout'];
  readonly stderr: ChildProcess['stderr'];
  private readonly child: ChildProcess;
  private readonly ports: PortBridge;

  constructor(child: ChildProcess) {
    super('UtilityProcess');
    this.child = child;
    this.pid = child.pid;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    this.ports = new PortBridge((frame) => this.send(frame));
    child.on('spawn', () => this.emit('spawn'));
    child.on('message', (frame: UtilityFrame) => (frame.kind === 'message' ? this.emit('message', frame.data) : this.ports.receive(frame)));
    child.on('exit', (code) => {
      this.pid = undefined;
      this.ports.closeAll();
      this.emit('exit', code ?? 1);
    });
    const kill = () => void child.kill('SIGKILL');
    process.on('exit', kill);
    child.on('exit', () => process.off('exit', kill));
  }

  postMessage(message: unknown, transfer: readonly Electron.MessagePortMain[] = []): void {
    const data = cloneForIpc(message);
    this.send({ kind: 'message', data, ports: transferPorts(transfer).map((end) => this.ports.give(end)) });
  }

  kill = (): boolean => this.child.kill('SIGTERM');

  private send(frame: UtilityFrame): void {
    if (this.child.connected) this.child.send(frame, () => {}); // a process that is going away takes its messages along
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork(modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}): UtilityProcessDouble {
    lifecycle.requireReady('utilityProcess.fork');
    record('utilityProcess.fork', options.serviceName ?? modulePath, args);
    const stdio = options.stdio ?? 'inherit';
    const [, out, err] = (typeof stdio === 'string' ? [stdio, stdio, stdio] : stdio) as IOType[];
    return new UtilityProcessDouble(
      fork(modulePath, [...args], {
        serialization: 'advanced', // structured clone, as Electron's own messages
        execArgv: [...(options.execArgv ?? []), '--import', entry],
        stdio: ['ignore', out ?? 'inherit', err ?? 'inherit', 'ipc'],
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        env: { ...(options.env ?? process.env) },
      }),
    );
  },
});
