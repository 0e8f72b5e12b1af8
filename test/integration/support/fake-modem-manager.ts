import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

/**
 * A message bus of our own (the real daemon) and on it a program that behaves as ModemManager does towards others: it lists its modems, and
 * lets go of a device while somebody inhibits it, until that somebody takes it back or leaves the bus. It writes and reads messages by
 * hand, from the specification, and not with the product's code.
 */
export type FakeModemManager = {
  readonly address: string;
  /** Devices that are inhibited now. */
  readonly inhibited: ReadonlyMap<string, string>;
  /** Every change, in order: `+device`, `-device`. */
  readonly changes: readonly string[];
  /** What the manager knows; `refuse`: it lets go of nothing. */
  readonly modems: { uid: string; port: string; state: number }[];
  refuse: boolean;
  /** Runs when a device is let go of or taken back. */
  onChange: (uid: string, inhibited: boolean) => Promise<void> | void;
  close(): Promise<void>;
};

const name = 'org.freedesktop.ModemManager1';

async function startBus(folder: string): Promise<{ readonly address: string; readonly daemon: ChildProcess }> {
  const address = `unix:path=${join(folder, 'bus')}`;
  const config = join(folder, 'bus.conf');
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>${address}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`,
  );
  const daemon = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(daemon.stdout, 'data');
  return { address, daemon };
}

export async function startFakeModemManager(folder: string): Promise<FakeModemManager> {
  const { address, daemon } = await startBus(folder);
  const socket = connect({ path: join(folder, 'bus') });
  const inhibited = new Map<string, string>();
  const changes: string[] = [];
  const fake: FakeModemManager = {
    address,
    inhibited,
    changes,
    modems: [],
    refuse: false,
    onChange: () => undefined,
    async close() {
      socket.destroy();
      const ended = once(daemon, 'exit');
      daemon.kill('SIGTERM');
      await ended;
    },
  };
  const change = async (uid: string, owner: string | null): Promise<void> => {
    if (owner === null) inhibited.delete(uid);
    else inhibited.set(uid, owner);
    changes.push(`${owner === null ? '-' : '+'}${uid}`);
    await fake.onChange(uid, owner !== null);
  };
  await joinBus(socket, async (message) => {
    const { member, sender, serial, body, type } = message;
    if (type === 4 && member === 'NameOwnerChanged') {
      const [left, , owner] = body;
      if (owner === '') for (const [uid, by] of inhibited) if (by === left) await change(uid, null);
      return;
    }
    if (type !== 1) return;
    if (member === 'GetManagedObjects') {
      const free = fake.modems.filter(({ uid }) => !inhibited.has(uid));
      socket.write(answer(2, serial, sender, 'a{oa{sa{sv}}}', objects(free)));
    } else if (member === 'InhibitDevice') {
      const [uid, wanted] = body;
      const known = inhibited.has(String(uid)) || fake.modems.some((modem) => modem.uid === uid);
      if (fake.refuse || !known || (wanted === false && inhibited.get(String(uid)) !== sender)) {
        socket.write(answer(3, serial, sender, 's', text('not allowed'), 'org.freedesktop.ModemManager1.Error.Core.Unauthorized'));
        return;
      }
      await change(String(uid), wanted === true ? sender : null);
      socket.write(answer(2, serial, sender, '', []));
    }
  });
  return fake;
}

type Received = {
  readonly type: number;
  readonly serial: number;
  readonly member: string;
  readonly sender: string;
  readonly body: readonly (string | boolean)[];
};

/** Says hello, takes the name, asks for news of who leaves, and then hands every message on, one after the other. */
async function joinBus(socket: Socket, handle: (message: Received) => Promise<void>): Promise<void> {
  let received = Buffer.alloc(0);
  let greeted = false;
  let handling = Promise.resolve();
  const ready = Promise.withResolvers<void>();
  socket.on('error', () => undefined);
  socket.on('close', () => ready.reject(new Error('the bus has closed the connection')));
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    if (!greeted) {
      const line = received.indexOf('\r\n');
      if (line < 0) return;
      received = received.subarray(line + 2);
      greeted = true;
      const bus = ['org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus'] as const;
      const watch = "type='signal',interface='org.freedesktop.DBus',member='NameOwnerChanged'";
      socket.write('BEGIN\r\n');
      socket.write(call(1, ...bus, 'Hello', '', []));
      socket.write(call(2, ...bus, 'RequestName', 'su', [...pad(text(name), 4), ...number(0)]));
      socket.write(call(3, ...bus, 'AddMatch', 's', text(watch)));
    }
    while (received.length >= 16) {
      const fields = received.readUInt32LE(12);
      const bodyAt = Math.ceil((16 + fields) / 8) * 8;
      const length = bodyAt + received.readUInt32LE(4);
      if (received.length < length) return;
      const message = read(received.subarray(0, length), fields, bodyAt);
      received = received.subarray(length);
      if (message.type === 2 && message.replySerial === 3) ready.resolve();
      handling = handling.then(() => handle(message));
    }
  });
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\n`);
  await ready.promise;
}

/** Bodies of text and booleans, which is all that comes here. */
function read(bytes: Buffer, fields: number, bodyAt: number): Received & { readonly replySerial: number } {
  const found = new Map<number, string | number>();
  for (let at = 16; at < 16 + fields; at = Math.ceil(at / 8) * 8) {
    const code = bytes[at] ?? 0;
    const type = String.fromCharCode(bytes[at + 2] ?? 0);
    at += 4;
    if (type === 'u') found.set(code, bytes.readUInt32LE(at));
    if (type === 'u') at += 4;
    else {
      const size = type === 'g' ? (bytes[at] ?? 0) : bytes.readUInt32LE(at);
      at += type === 'g' ? 1 : 4;
      found.set(code, bytes.toString('utf8', at, at + size));
      at += size + 1;
    }
  }
  const body: (string | boolean)[] = [];
  let at = bodyAt;
  for (const type of String(found.get(8) ?? '')) {
    at = Math.ceil(at / 4) * 4;
    const value = bytes.readUInt32LE(at);
    at += 4;
    if (type === 'b') body.push(value === 1);
    else if (type === 's') {
      body.push(bytes.toString('utf8', at, at + value));
      at += value + 1;
    }
  }
  const replySerial = Number(found.get(5) ?? 0);
  const member = String(found.get(3) ?? '');
  return { type: bytes[1] ?? 0, serial: bytes.readUInt32LE(8), member, sender: String(found.get(7) ?? ''), body, replySerial };
}

const number = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
const text = (value: string): number[] => [...number(Buffer.byteLength(value)), ...Buffer.from(value), 0];
const variantOf = (type: string): number[] => [type.length, ...Buffer.from(type), 0];

/** Everything below writes at the offset at which it stands in its message, for alignment counts from there. */
function pad(bytes: number[], to: number): number[] {
  while (bytes.length % to !== 0) bytes.push(0);
  return bytes;
}

/** An array: its length, the space before its first element, and what `write` adds. */
function array(bytes: number[], alignment: number, write: () => void): void {
  pad(bytes, 4);
  const at = bytes.push(0, 0, 0, 0) - 4;
  pad(bytes, alignment);
  const start = bytes.length;
  write();
  bytes.splice(at, 4, ...number(bytes.length - start));
}

function addText(bytes: number[], value: string): void {
  pad(bytes, 4).push(...text(value));
}

function objects(modems: FakeModemManager['modems']): number[] {
  const bytes: number[] = [];
  array(bytes, 8, () => {
    for (const [index, { uid, port, state }] of modems.entries()) {
      addText(pad(bytes, 8), `/org/freedesktop/ModemManager1/Modem/${index}`);
      array(bytes, 8, () => {
        addText(pad(bytes, 8), `${name}.Modem`);
        array(bytes, 8, () => {
          addText(pad(bytes, 8), 'Device');
          bytes.push(...variantOf('s'));
          addText(bytes, uid);
          addText(pad(bytes, 8), 'State');
          bytes.push(...variantOf('i'));
          pad(bytes, 4).push(...number(state));
          addText(pad(bytes, 8), 'Ports');
          bytes.push(...variantOf('a(su)'));
          array(bytes, 8, () => {
            for (const [each, kind] of [
              ['cdc-wdm0', 6],
              [port, 3],
            ] as const) {
              addText(pad(bytes, 8), each);
              pad(bytes, 4).push(...number(kind));
            }
          });
          addText(pad(bytes, 8), 'SignalQuality');
          bytes.push(...variantOf('(ub)'));
          pad(bytes, 8).push(...number(64), ...number(1));
        });
      });
    }
  });
  return bytes;
}

function call(serial: number, destination: string, path: string, iface: string, member: string, signature: string, body: number[]): Buffer {
  const fields = [
    [1, 'o', path],
    [2, 's', iface],
    [3, 's', member],
    [6, 's', destination],
  ] as const;
  return message(1, serial, fields, signature, body);
}

let lastSerial = 100;

function answer(type: 2 | 3, to: number, destination: string, signature: string, body: number[], error?: string): Buffer {
  lastSerial += 1;
  const fields = [[6, 's', destination], [5, 'u', to], ...(error === undefined ? [] : [[4, 's', error] as const])] as const;
  return message(type, lastSerial, fields, signature, body);
}

function message(
  type: number,
  serial: number,
  fields: readonly (readonly [number, 'o' | 's' | 'u', string | number])[],
  signature: string,
  body: number[],
): Buffer {
  const bytes: number[] = [0x6c, type, 0, 1, ...number(body.length), ...number(serial)];
  array(bytes, 8, () => {
    for (const [code, kind, value] of fields) {
      pad(bytes, 8).push(code, ...variantOf(kind));
      if (typeof value === 'number') pad(bytes, 4).push(...number(value));
      else addText(bytes, value);
    }
    if (signature !== '') pad(bytes, 8).push(8, ...variantOf('g'), signature.length, ...Buffer.from(signature), 0);
  });
  pad(bytes, 8);
  return Buffer.concat([Buffer.from(bytes), Buffer.from(body)]);
}
