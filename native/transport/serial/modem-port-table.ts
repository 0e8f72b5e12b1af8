import type { PortRole } from '../serial-transport.ts';
import { modemVendors } from './modem-vendors.ts';
import type { FoundPort } from './port-lister.ts';

/** By `vendor:product` in hex, then by interface number: what speaks there. `ignore` alone: not a modem, whoever made it. */
export type ModemPortTable = Readonly<Record<string, 'ignore' | Readonly<Record<string, PortRole>>>>;

const roles: readonly string[] = ['at', 'atSecondary', 'ppp', 'diag', 'nmea', 'audio', 'ignore'] satisfies readonly PortRole[];

/** Ports on which AT may be spoken, the best first: the second one is left to others, and PPP is where data calls are made. */
const speaking: readonly (PortRole | null)[] = ['at', 'atSecondary', null, 'ppp'];

/** The table in a JSON document `{ devices: {…} }`. @throws TypeError for anything else */
export function readModemPortTable(document: unknown): ModemPortTable {
  const devices: unknown = isRecord(document) ? document['devices'] : null;
  if (!isRecord(devices)) throw new TypeError('a table of modem ports has "devices"');
  for (const [usb, entry] of Object.entries(devices)) {
    const known = entry === 'ignore' || (isRecord(entry) && Object.entries(entry).every(([number, role]) => isInterface(number, role)));
    if (!known || !/^[0-9a-f]{4}:[0-9a-f]{4}$/.test(usb)) throw new TypeError(`not an entry of a table of modem ports: ${usb}`);
  }
  return devices as ModemPortTable;
}

/**
 * What a port speaks, and whether it may be written to without asking. Everything that is not known as a modem could be a machine tool;
 * of a modem whose AT ports are known, the others are left alone too.
 */
export function judgePort(port: FoundPort, table: ModemPortTable): { readonly role: PortRole | null; readonly probe: boolean } {
  if (port.role !== null) return { role: port.role, probe: speaking.includes(port.role) };
  if (port.usbVendorId === null) return { role: null, probe: false };
  const entry = table[`${port.usbVendorId}:${port.usbProductId ?? ''}`];
  if (entry === undefined) return { role: null, probe: port.usbVendorId in modemVendors };
  if (entry === 'ignore') return { role: 'ignore', probe: false };
  const role = port.usbInterface === null ? null : (entry[String(port.usbInterface)] ?? null);
  const listed = role !== null || port.usbInterface === null || !Object.values(entry).includes('at');
  return { role, probe: listed && speaking.includes(role) };
}

/** Of two ports of one modem, the one to try first: below zero for `one`. */
export function compareByRole(one: FoundPort, other: FoundPort): number {
  return speaking.indexOf(one.role) - speaking.indexOf(other.role) || (one.usbInterface ?? 0) - (other.usbInterface ?? 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isInterface(number: string, role: unknown): boolean {
  return /^\d{1,3}$/.test(number) && typeof role === 'string' && roles.includes(role);
}
