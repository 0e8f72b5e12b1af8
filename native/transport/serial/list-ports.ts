import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SerialPortInfo } from '../serial-transport.ts';
import { modemVendors } from './modem-vendors.ts';

type FoundPort = Omit<SerialPortInfo, 'probe'>;

/** What `SerialPort.list()` gives on systems where it is to be trusted. */
export type PackageList = () => Promise<
  readonly {
    readonly path: string;
    readonly vendorId?: string | undefined;
    readonly productId?: string | undefined;
    readonly serialNumber?: string | undefined;
    readonly manufacturer?: string | undefined;
  }[]
>;

/**
 * The ports now: what the system knows, and the paths that the person named, for as long as they exist. Pseudo-terminals are in no list
 * of any system, so that a named path is the only way to them.
 */
export async function listPorts(listByPackage: PackageList, named: readonly string[]): Promise<readonly SerialPortInfo[]> {
  const found = process.platform === 'linux' ? await listSysfs() : await listPackage(listByPackage);
  const ports = new Map<string, SerialPortInfo>();
  for (const port of found) ports.set(port.path, { ...port, probe: port.usbVendorId !== null && port.usbVendorId in modemVendors });
  for (const path of named) {
    const known = ports.get(path);
    if (known !== undefined) ports.set(path, { ...known, probe: true });
    else if (await exists(path)) {
      ports.set(path, { path, usbVendorId: null, usbProductId: null, serialNumber: null, manufacturer: null, probe: true });
    }
  }
  return [...ports.values()].sort((one, other) => one.path.localeCompare(other.path, 'en', { numeric: true }));
}

/** A named path may be a link to a pseudo-terminal; one that points nowhere does not exist. Windows shows no ports as files. */
async function exists(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  return stat(path).then(
    (found) => found.isCharacterDevice(),
    () => false,
  );
}

async function listPackage(list: PackageList): Promise<readonly FoundPort[]> {
  // It rejects where a tool of the system is missing: then only named paths are left, and that is better than nothing.
  const ports = await list().catch(() => []);
  return ports.map(({ path, vendorId, productId, serialNumber, manufacturer }) => ({
    path,
    usbVendorId: vendorId?.toLowerCase() ?? null,
    usbProductId: productId?.toLowerCase() ?? null,
    serialNumber: serialNumber ?? null,
    manufacturer: manufacturer ?? null,
  }));
}

/**
 * Linux: `/sys/class/tty` holds what udev would tell, at once and without a process to start (the package runs `udevadm`, which
 * containers often lack). Built-in UARTs (ttyS) are left out: nearly all of them lead nowhere. AT ports of PCIe modems stand in `/sys/class/wwan`.
 */
async function listSysfs(): Promise<readonly FoundPort[]> {
  const [ttys, wwans] = await Promise.all([names('/sys/class/tty'), names('/sys/class/wwan')]);
  const ports = [
    ...ttys.filter((name) => /^tty(?:USB|ACM|XRUSB|WCH)\d+$/.test(name)).map((name) => ['/sys/class/tty', name] as const),
    ...wwans.filter((name) => /^wwan\d+at\d+$/.test(name)).map((name) => ['/sys/class/wwan', name] as const),
  ];
  return Promise.all(
    ports.map(async ([folder, name]) => {
      const usb = await usbFolder(join(folder, name, 'device'));
      const attribute = async (file: string): Promise<string | null> => (usb === null ? null : read(join(usb, file)));
      const [usbVendorId, usbProductId, serialNumber, manufacturer] = await Promise.all([
        attribute('idVendor'),
        attribute('idProduct'),
        attribute('serial'),
        attribute('manufacturer'),
      ]);
      return { path: join('/dev', name), usbVendorId, usbProductId, serialNumber, manufacturer };
    }),
  );
}

/** The USB device above a port: a few levels up, the folder that names a vendor. */
async function usbFolder(device: string): Promise<string | null> {
  let folder: string;
  try {
    folder = await realpath(device);
  } catch {
    return null;
  }
  for (let level = 0; level < 5; level += 1, folder = dirname(folder)) {
    if ((await read(join(folder, 'idVendor'))) !== null) return folder;
  }
  return null;
}

async function names(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function read(file: string): Promise<string | null> {
  return readFile(file, 'utf8').then(
    (text) => text.trim() || null,
    () => null,
  );
}
