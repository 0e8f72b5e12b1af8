import { readFile, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FoundPort } from '../port-lister.ts';

/**
 * Linux: `/sys` holds what udev would tell, at once and without a process to start (the serial package runs `udevadm`, which containers often
 * lack, and which is not asked for interface numbers). Built-in UARTs (ttyS) are left out: nearly all of them lead nowhere.
 * @param root folder in place of `/`
 */
export async function listSysfsPorts(root = '/'): Promise<readonly FoundPort[]> {
  const ttys = join(root, 'sys/class/tty');
  const wwans = join(root, 'sys/class/wwan');
  const [ttyNames, wwanNames] = await Promise.all([names(ttys), names(wwans)]);
  const found = await Promise.all([
    ...ttyNames
      .filter((name) => /^tty(?:USB|ACM|XRUSB|WCH)\d+$/.test(name))
      .map((name) => describe(join(ttys, name, 'device'), name, null)),
    // The kernel's WWAN subsystem names the protocol of its ports itself (PCIe modems; Documentation/driver-api/wwan).
    ...wwanNames.filter((name) => /^wwan\d+at\d+$/.test(name)).map((name) => describe(join(wwans, name), name, 'at' as const)),
  ]);
  return found.map((port) => (port.location === null ? port : { ...port, location: withoutRoot(port.location, root) }));
}

/** `device`: the folder of the port's own device; above it stand the USB interface and the USB device, if it hangs on USB. */
async function describe(device: string, name: string, role: FoundPort['role']): Promise<FoundPort> {
  const above = await foldersAbove(device);
  const [interfaces, vendors] = await Promise.all([
    Promise.all(above.map((folder) => read(join(folder, 'bInterfaceNumber')))),
    Promise.all(above.map((folder) => read(join(folder, 'idVendor')))),
  ]);
  const usbInterface = above[interfaces.findIndex((value) => value !== null)];
  const usb = above[vendors.findIndex((value) => value !== null)];
  const attribute = async (file: string): Promise<string | null> => (usb === undefined ? null : read(join(usb, file)));
  const [usbVendorId, usbProductId, serialNumber, manufacturer, product, driver] = await Promise.all([
    attribute('idVendor'),
    attribute('idProduct'),
    attribute('serial'),
    attribute('manufacturer'),
    attribute('product'),
    driverOf(usbInterface ?? device),
  ]);
  const number = Number.parseInt(interfaces.find((value) => value !== null) ?? '', 16);
  return {
    path: join('/dev', name),
    usbVendorId,
    usbProductId,
    serialNumber,
    manufacturer,
    product,
    driver,
    usbInterface: Number.isNaN(number) ? null : number,
    location: usb ?? parentOfWwan(above[0]),
    role,
  };
}

/** `/sys/devices/…/0000:01:00.0/wwan/wwan0/wwan0at0` hangs on the PCI device. */
function parentOfWwan(folder: string | undefined): string | null {
  const end = folder?.search(/\/wwan\/wwan\d+(?:\/|$)/) ?? -1;
  return folder === undefined || end < 0 ? null : folder.slice(0, end);
}

async function foldersAbove(device: string): Promise<readonly string[]> {
  let folder = await realpath(device).catch(() => null);
  const folders: string[] = [];
  for (; folder !== null && folders.length < 8; folder = dirname(folder)) folders.push(folder);
  return folders;
}

async function driverOf(folder: string): Promise<string | null> {
  return realpath(join(folder, 'driver')).then(basename, () => null);
}

function withoutRoot(folder: string, root: string): string {
  return root === '/' || !folder.startsWith(root) ? folder : folder.slice(root.length);
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
