// MessagePorts of the main process, and the bridge that carries ports to a page or a utility process and back.
import { StrictEmitter } from './strict.ts';
import { cloneForIpc } from './codec.ts';
import type { PortFrame } from '../shared/frames.ts';

interface Letter {
  readonly data: unknown;
  readonly ports: readonly PortEnd[];
}

/** One end of an entangled pair. What arrives before somebody listens is kept, as the specification asks. */
export class PortEnd {
  private peer: PortEnd | undefined;
  private deliver: ((letter: Letter) => void) | undefined;
  private closed: (() => void) | undefined;
  private queue: Letter[] = [];
  private isClosed = false;

  static pair(): [PortEnd, PortEnd] {
    const [a, b] = [new PortEnd(), new PortEnd()];
    a.peer = b;
    b.peer = a;
    return [a, b];
  }

  post(letter: Letter): void {
    const peer = this.peer;
    if (!peer || this.isClosed) return;
    if (peer.deliver) peer.deliver(letter);
    else peer.queue.push(letter);
  }

  /** Takes what has been kept, then everything that comes. */
  listen(deliver: (letter: Letter) => void): void {
    this.deliver = deliver;
    for (const letter of this.queue.splice(0)) deliver(letter);
  }

  /** Tells that the other end has closed, also when it did so earlier. */
  watchClose(closed: () => void): void {
    this.closed = closed;
    if (this.isClosed) closed();
  }

  /** The end moves to another owner; what has not been delivered moves with it. */
  detach(): void {
    this.deliver = undefined;
    this.closed = undefined;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    const peer = this.peer;
    if (!peer || peer.isClosed) return;
    peer.isClosed = true;
    peer.closed?.();
  }
}

const ends = new WeakMap<MessagePortMain, PortEnd>();

/** Electron's MessagePortMain: an emitter whose messages wait for start(). */
export class MessagePortMain extends StrictEmitter implements Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'> {
  private started = false;
  private closeEmitted = false;

  constructor(end: PortEnd) {
    super('MessagePortMain');
    ends.set(this, end);
    end.watchClose(() => queueMicrotask(() => this.emitClose()));
  }

  start(): void {
    const end = ends.get(this);
    if (this.started || !end) return;
    this.started = true;
    // In a microtask: like in Electron, start() returns before the first message comes.
    end.listen(({ data, ports }) =>
      queueMicrotask(() => void this.emit('message', { data, ports: ports.map((port) => new MessagePortMain(port)) })),
    );
  }

  postMessage(message: unknown, transfer: readonly Electron.MessagePortMain[] = []): void {
    const end = ends.get(this);
    const data = cloneForIpc(message);
    if (transfer.some((port) => (port as unknown) === this)) throw new TypeError('Port at index 0 contains the source port.');
    end?.post({ data, ports: transferPorts(transfer) }); // a neutered port stays silent, as in Electron
  }

  close(): void {
    ends.get(this)?.close();
    this.emitClose();
  }

  private emitClose(): void {
    if (this.closeEmitted) return;
    this.closeEmitted = true;
    this.emit('close');
  }
}

/** Takes the ends out of ports that are being sent away; the objects left behind are neutered. */
export function transferPorts(ports: readonly unknown[]): PortEnd[] {
  return ports.map((port, index) => {
    if (!(port instanceof MessagePortMain)) throw new TypeError(`Port at index ${index} is not a valid port`);
    const end = ends.get(port);
    if (!end) throw new TypeError(`Port at index ${index} is already neutered`);
    ends.delete(port);
    end.detach();
    return end;
  });
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const [a, b] = PortEnd.pair();
    this.port1 = new MessagePortMain(a);
    this.port2 = new MessagePortMain(b);
  }
}

/** Multiplexes any number of ports over one line to another realm. Both ends name a port by the same string. */
export class PortBridge {
  private readonly held = new Map<string, PortEnd>();
  private readonly send: (frame: PortFrame) => void;
  private lastId = 0;

  constructor(send: (frame: PortFrame) => void) {
    this.send = send;
  }

  /** An end of ours now lives on the far side. Returns its name. */
  give(end: PortEnd): string {
    const id = `main-${++this.lastId}`;
    this.hold(id, end);
    return id;
  }

  /** The far side sent a port of its own over. */
  take(id: string): PortEnd {
    const [near, far] = PortEnd.pair();
    this.hold(id, far);
    return near;
  }

  receive(frame: PortFrame): void {
    const end = this.held.get(frame.port);
    if (frame.kind === 'port-message') end?.post({ data: frame.data, ports: frame.ports.map((id) => this.take(id)) });
    else if (this.held.delete(frame.port)) end?.close();
  }

  /** The far realm is gone: a reload, a closed window, a dead process. */
  closeAll(): void {
    const all = [...this.held.values()];
    this.held.clear();
    for (const end of all) end.close();
  }

  private hold(id: string, end: PortEnd): void {
    this.held.set(id, end);
    // Later, because the message that carries the port goes first, and what the port has kept must not overtake it.
    queueMicrotask(() => {
      end.listen(({ data, ports }) => this.send({ kind: 'port-message', port: id, data, ports: ports.map((port) => this.give(port)) }));
      end.watchClose(() => {
        if (this.held.delete(id)) this.send({ kind: 'port-close', port: id });
      });
    });
  }
}
