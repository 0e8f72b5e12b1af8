// Loaded before the script of a utility process: gives it `process.parentPort`.
import { cloneForIpc } from './codec.ts';
import { MessagePortMain, PortBridge } from './ports.ts';
import { StrictEmitter } from './strict.ts';
import type { UtilityFrame } from './utility-process.ts';

const send = (frame: UtilityFrame): void => void process.send?.(frame, undefined, undefined, () => {});
const ports = new PortBridge(send);

class ParentPort extends StrictEmitter {
  constructor() {
    super('process.parentPort');
  }

  postMessage(message: unknown): void {
    send({ kind: 'message', data: cloneForIpc(message), ports: [] });
  }
}

const parentPort = new ParentPort();
const early: UtilityFrame[] = [];

function receive(frame: UtilityFrame): void {
  if (frame.kind === 'message')
    parentPort.emit('message', { data: frame.data, ports: frame.ports.map((id) => new MessagePortMain(ports.take(id))) });
  else ports.receive(frame);
}

// What comes before the script listens is kept: in Electron the port starts with the first listener.
process.on('message', (frame: UtilityFrame) => (parentPort.listenerCount('message') === 0 ? early.push(frame) : receive(frame)));
parentPort.on('newListener', (event) => {
  if (event === 'message') setImmediate(() => early.splice(0).forEach(receive));
});
process.on('disconnect', () => process.exit(0)); // the application is gone
Object.defineProperty(process, 'parentPort', { value: parentPort });
