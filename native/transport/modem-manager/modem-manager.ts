import { basename } from 'node:path';
import { busCall, connectDbus, type DbusConnection } from './dbus-connection.ts';
import type { DbusCall, DbusValue } from './dbus-wire.ts';

/**
 * ModemManager is the program of Linux desktops that makes mobile data work, and the one that most often has a modem's port. It lets a device
 * go while somebody inhibits it, and takes it back afterwards; the inhibition belongs to our connection and ends with it, also in a crash
 * (org.freedesktop.ModemManager1, InhibitDevice).
 */
export type ModemManager = {
  /** Takes the modem with this port out of its hands, if it has it. Never rejects: without ModemManager there is nothing to take. */
  take(port: ManagedPort): Promise<Taking>;
};

export type ManagedPort = {
  readonly path: string;
  /** Where the modem is plugged in: by that it is known while it restarts. */
  readonly location: string | null;
};

export type Taking =
  /** ModemManager is not there, or has nothing to do with this port. */
  | { readonly kind: 'free' }
  /** The modem is ours until it is given back; `lingerMs` later, where it is expected to come back from a restart. */
  | { readonly kind: 'taken'; giveBack(lingerMs: number): void }
  /** The person is on the internet through this modem: that is not ended unasked. */
  | { readonly kind: 'connected' }
  | { readonly kind: 'refused'; readonly reason: string };

type Hold = { readonly uid: string; readonly port: ManagedPort; users: number; lingering: NodeJS.Timeout | null };

const name = 'org.freedesktop.ModemManager1';
const root = { destination: name, path: '/org/freedesktop/ModemManager1' } as const;
const modemInterface = `${name}.Modem`;
/** A person may be asked for a password meanwhile. */
const inhibitDeadlineMs = 60_000;
/** MMModemState: from disconnecting (9) on there is, was a moment ago, or will be, a data connection. */
const firstConnectedState = 9;

/** @param address of the system's message bus */
export function createModemManager(
  address = process.env['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/run/dbus/system_bus_socket',
): ModemManager {
  let connecting: Promise<DbusConnection> | null = null;
  let holds: Hold[] = [];

  async function connection(): Promise<DbusConnection> {
    const before = connecting;
    const current = (await before?.catch(() => null)) ?? null;
    if (current !== null && !current.closed) return current;
    if (connecting === before || connecting === null) {
      // With a connection its inhibitions are gone.
      holds = [];
      connecting = connectDbus(address);
    }
    return connecting;
  }

  function use(hold: Hold): Taking {
    if (hold.lingering !== null) clearTimeout(hold.lingering);
    hold.lingering = null;
    hold.users += 1;
    let given = false;
    return {
      kind: 'taken',
      giveBack(lingerMs) {
        if (given) return;
        given = true;
        hold.users -= 1;
        if (hold.users > 0) return;
        if (lingerMs === 0) release(hold);
        else hold.lingering = setTimeout(() => release(hold), lingerMs).unref();
      },
    };
  }

  function release(hold: Hold): void {
    if (hold.users > 0 || !holds.includes(hold)) return;
    holds = holds.filter((other) => other !== hold);
    // Nobody waits for it; where it fails the connection is gone, and the inhibition with it.
    void connection()
      .then((bus) => bus.call(inhibit(hold.uid, false)))
      .catch(() => undefined);
  }

  async function take(port: ManagedPort): Promise<Taking> {
    const bus = await connection();
    const held = holds.find((hold) => hold.port.path === port.path || (port.location !== null && hold.port.location === port.location));
    if (held !== undefined) return use(held);
    const [running] = await bus.call(busCall('NameHasOwner', name));
    if (running !== true) return { kind: 'free' };
    const found = findModem(await bus.call(managedObjects), basename(port.path));
    if (found === null) return { kind: 'free' };
    if (found.state >= firstConnectedState) return { kind: 'connected' };
    try {
      await bus.call(inhibit(found.uid, true), inhibitDeadlineMs);
    } catch (error) {
      return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
    }
    const hold: Hold = { uid: found.uid, port, users: 0, lingering: null };
    holds.push(hold);
    return use(hold);
  }

  return { take: (port) => take(port).catch(() => ({ kind: 'free' })) };
}

const managedObjects: DbusCall = { ...root, interface: 'org.freedesktop.DBus.ObjectManager', member: 'GetManagedObjects' };

function inhibit(uid: string, inhibited: boolean): DbusCall {
  return {
    ...root,
    interface: name,
    member: 'InhibitDevice',
    arguments: [
      { type: 's', value: uid },
      { type: 'b', value: inhibited },
    ],
  };
}

/** Of all objects (`a{oa{sa{sv}}}`) the modem that has a port of this name, with its device and its state. */
function findModem([objects]: readonly DbusValue[], portName: string): { readonly uid: string; readonly state: number } | null {
  if (!(objects instanceof Map)) return null;
  for (const interfaces of objects.values()) {
    const properties: unknown = interfaces instanceof Map ? interfaces.get(modemInterface) : null;
    if (!(properties instanceof Map)) continue;
    const [ports, uid, state]: readonly unknown[] = ['Ports', 'Device', 'State'].map((property) => properties.get(property));
    const hasPort = Array.isArray(ports) && ports.some((port: unknown) => Array.isArray(port) && port[0] === portName);
    if (hasPort && typeof uid === 'string') return { uid, state: typeof state === 'number' ? state : 0 };
  }
  return null;
}
