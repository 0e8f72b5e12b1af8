import { compareByRole } from '#native/transport/serial/modem-port-table.ts';
import type { SerialPortInfo } from '#native/transport/serial-transport.ts';

/** The ports of one piece of hardware that may be spoken to, the best first. */
export type PortGroup = { readonly key: string; readonly ports: readonly SerialPortInfo[] };

/**
 * A modem has several ports; they are one device. Where the system tells the place, that says what belongs together (cheap modems all have
 * the same serial number); else the serial number does; a port of which neither is known is a thing of its own.
 */
export function groupPorts(ports: readonly SerialPortInfo[]): readonly PortGroup[] {
  const groups = Map.groupBy(
    ports.filter(({ probe }) => probe),
    hardwareKey,
  );
  return [...groups].map(([key, found]) => ({ key, ports: found.toSorted(compareByRole) }));
}

function hardwareKey({ usbVendorId, location, serialNumber, usbProductId, path }: SerialPortInfo): string {
  if (location !== null) return `at ${location} ${usbVendorId ?? ''}`;
  if (usbVendorId !== null && serialNumber !== null) return `usb ${usbVendorId}:${usbProductId ?? ''} ${serialNumber}`;
  return `port ${path}`;
}

/** The same product with the same serial number: a modem that was plugged in elsewhere, if the first place is empty now. */
export function mayBeSameModem(one: readonly SerialPortInfo[], other: readonly SerialPortInfo[]): boolean {
  const [a, b] = [one[0], other[0]];
  if (a === undefined || b === undefined || a.usbVendorId === null || a.serialNumber === null) return false;
  return a.usbVendorId === b.usbVendorId && a.usbProductId === b.usbProductId && a.serialNumber === b.serialNumber;
}
