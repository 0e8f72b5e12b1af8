import { readdir } from 'node:fs/promises';
import type { FoundPort } from '../port-lister.ts';
import { run } from './run.ts';

/** macOS: the registry of devices, asked only when `/dev` has other call-out ports than before. */
export function createMacosPorts(): () => Promise<readonly FoundPort[]> {
  let names: string | null = null;
  let ports: readonly FoundPort[] = [];
  return async () => {
    const namesNow = (await readdir('/dev')).filter((name) => name.startsWith('cu.')).join(' ');
    if (namesNow !== names) {
      ports = parseMacosPorts(await run('ioreg', ['-r', '-c', 'IOUSBHostDevice', '-l', '-w', '0']));
      names = namesNow;
    }
    return ports;
  };
}

type Node = { readonly column: number; readonly parent: Node | null; readonly properties: Map<string, string | number> };

/**
 * The tree that `ioreg -r -c IOUSBHostDevice -l -w 0` draws: device, interface, driver and serial client below one another. Only call-out
 * ports (`cu.`) count; their `tty.` twins wait for a carrier that a modem never gives.
 */
export function parseMacosPorts(text: string): readonly FoundPort[] {
  const ports = new Map<string, FoundPort>();
  let current: Node | null = null;
  for (const line of text.split('\n')) {
    const column = line.indexOf('+-o ');
    if (column >= 0 && /^[ |]*$/.test(line.slice(0, column))) {
      let parent: Node | null = current;
      while (parent !== null && parent.column >= column) ({ parent } = parent);
      current = { column, parent, properties: new Map() };
      continue;
    }
    const property = /^[ |]*"([^"]+)" = (?:"(.*)"|(\d+))\s*$/.exec(line);
    if (property === null || current === null) continue;
    const [, name = '', words, digits] = property;
    current.properties.set(name, words?.trim() ?? Number(digits));
    if (name === 'IOCalloutDevice' && words !== undefined) ports.set(words, describe(words, current));
  }
  return [...ports.values()];
}

function describe(path: string, node: Node): FoundPort {
  const find = (name: string): string | number | null => {
    for (let at: Node | null = node; at !== null; at = at.parent) {
      const value = at.properties.get(name);
      if (value !== undefined) return value;
    }
    return null;
  };
  const number = (name: string): number | null => {
    const value = find(name);
    return typeof value === 'number' ? value : null;
  };
  const words = (...names: readonly string[]): string | null => {
    const value = names.map(find).find((each) => typeof each === 'string' && each !== '');
    return typeof value === 'string' ? value : null;
  };
  const usbInterface = number('bInterfaceNumber');
  return {
    path,
    usbVendorId: hex(number('idVendor'), 4),
    usbProductId: hex(number('idProduct'), 4),
    serialNumber: words('USB Serial Number', 'kUSBSerialNumberString'),
    manufacturer: words('USB Vendor Name', 'kUSBVendorString'),
    product: words('USB Product Name', 'kUSBProductString'),
    driver: words('CFBundleIdentifier'),
    // The port of a CDC-ACM function hangs on its data interface (class 10); tables name the control interface, the one before it.
    usbInterface: usbInterface !== null && number('bInterfaceClass') === 10 ? usbInterface - 1 : usbInterface,
    location: hex(number('locationID'), 8),
    role: null,
  };
}

function hex(value: number | null, digits: number): string | null {
  return value?.toString(16).padStart(digits, '0') ?? null;
}
