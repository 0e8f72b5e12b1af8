import { stat } from 'node:fs/promises';
import type { SerialPortInfo } from '../serial-transport.ts';
import { judgePort, type ModemPortTable } from './modem-port-table.ts';
import type { PortLister } from './port-lister.ts';

/**
 * The ports now: what the system knows, and the paths that the person named, for as long as they exist. Pseudo-terminals are in no list
 * of any system, so that a named path is the only way to them.
 */
export async function listPorts(list: PortLister, table: ModemPortTable, named: readonly string[]): Promise<readonly SerialPortInfo[]> {
  // A lister rejects where a tool of the system is missing: then only named paths are left, and that is better than nothing.
  const found = await list().catch(() => []);
  const ports = new Map<string, SerialPortInfo>(found.map((port) => [port.path, { ...port, ...judgePort(port, table) }]));
  for (const path of named) {
    const known = ports.get(path);
    if (known !== undefined) ports.set(path, { ...known, probe: true });
    else if (await exists(path)) ports.set(path, namedPort(path));
  }
  return [...ports.values()].sort((one, other) => one.path.localeCompare(other.path, 'en', { numeric: true }));
}

function namedPort(path: string): SerialPortInfo {
  return {
    path,
    usbVendorId: null,
    usbProductId: null,
    serialNumber: null,
    manufacturer: null,
    product: null,
    driver: null,
    usbInterface: null,
    location: null,
    role: null,
    probe: true,
  };
}

/** A named path may be a link to a pseudo-terminal; one that points nowhere does not exist. Windows shows no ports as files. */
async function exists(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  return stat(path).then(
    (found) => found.isCharacterDevice(),
    () => false,
  );
}
