import { expect, it } from 'vitest';
import { parseMacosPorts } from './macos-ports.ts';
import { parseWindowsPorts } from './windows-ports.ts';

/** Written from the documentation of the two systems, not from a machine. */
it('reads what Windows tells of ports and modems', () => {
  const printed = JSON.stringify([
    {
      id: String.raw`USB\VID_2C7C&PID_0125&MI_02\7&2A9B1C3D&0&0002`,
      port: 'COM7',
      manufacturer: 'Quectel',
      name: 'Quectel USB AT Port (COM7)',
      driver: 'qcusbser',
      parent: String.raw`USB\VID_2C7C&PID_0125\0123456789ABCDEF`,
      location: 'PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(4)#USBMI(2)',
    },
    {
      id: String.raw`USB\VID_2C7C&PID_0125&MI_03\7&2A9B1C3D&0&0003`,
      port: 'COM12',
      manufacturer: 'Quectel',
      name: 'Quectel USB Modem',
      driver: 'qcusbser',
      parent: String.raw`USB\VID_2C7C&PID_0125\6&1F2E3D4C&0&4`,
      location: 'PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(4)#USBMI(3)',
    },
    {
      id: String.raw`ACPI\PNP0501\1`,
      port: 'COM1',
      manufacturer: null,
      name: 'Communications Port (COM1)',
      driver: 'Serial',
      parent: null,
    },
    { id: String.raw`ACPI\PNP0400\4`, port: 'LPT1' },
  ]);
  const place = 'PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(4)';
  expect(parseWindowsPorts(`\uFEFF${printed}\r\n`)).toMatchObject([
    { path: 'COM7', usbVendorId: '2c7c', usbProductId: '0125', usbInterface: 2, serialNumber: '0123456789ABCDEF', location: place },
    { path: 'COM12', usbVendorId: '2c7c', usbInterface: 3, serialNumber: null, product: 'Quectel USB Modem', location: place },
    { path: 'COM1', usbVendorId: null, usbProductId: null, usbInterface: null, serialNumber: null, location: null },
  ]);
});

it('reads one port of Windows, which comes without an array, and none', () => {
  const one = { id: String.raw`USB\VID_1E0E&PID_9001\0123`, port: 'COM4' };
  expect(parseWindowsPorts(JSON.stringify(one))).toMatchObject([{ path: 'COM4', usbInterface: null, serialNumber: '0123' }]);
  expect(parseWindowsPorts('\r\n')).toEqual([]);
  expect(parseWindowsPorts('null')).toEqual([]);
});

const ioreg = `
+-o EC25-E@14200000  <class IOUSBHostDevice, id 0x100001201, registered, matched, active, busy 0 (3913 ms), retain 25>
  | {
  |   "idProduct" = 293
  |   "USB Product Name" = "EC25-E"
  |   "locationID" = 337641472
  |   "USB Serial Number" = "0123456789"
  |   "USB Vendor Name" = "Quectel            "
  |   "idVendor" = 11388
  |   "bDeviceClass" = 239
  | }
  |
  +-o IOUSBHostInterface@2  <class IOUSBHostInterface, id 0x100001204, registered, matched, active, busy 0, retain 8>
  | | {
  | |   "bInterfaceNumber" = 2
  | |   "bInterfaceClass" = 255
  | | }
  | |
  | +-o AppleUSBSerial  <class AppleUSBSerial, id 0x100001205, registered, matched, active, busy 0, retain 6>
  |   | {
  |   |   "CFBundleIdentifier" = "com.apple.DriverKit.AppleUSBSerial"
  |   | }
  |   |
  |   +-o IOSerialBSDClient  <class IOSerialBSDClient, id 0x100001206, registered, matched, active, busy 0, retain 5>
  |       {
  |         "IOCalloutDevice" = "/dev/cu.usbserial-2"
  |         "IODialinDevice" = "/dev/tty.usbserial-2"
  |       }
  |
  +-o IOUSBHostInterface@5  <class IOUSBHostInterface, id 0x100001207, registered, matched, active, busy 0, retain 8>
    | {
    |   "bInterfaceNumber" = 5
    |   "bInterfaceClass" = 10
    | }
    |
    +-o IOSerialBSDClient  <class IOSerialBSDClient, id 0x100001209, registered, matched, active, busy 0, retain 5>
        {
          "IOCalloutDevice" = "/dev/cu.usbmodem5"
        }
`;

it('reads the registry of macOS: call-out ports with the interface and the device above them', () => {
  const device = { usbVendorId: '2c7c', usbProductId: '0125', serialNumber: '0123456789', manufacturer: 'Quectel', location: '14200000' };
  expect(parseMacosPorts(ioreg)).toMatchObject([
    { path: '/dev/cu.usbserial-2', usbInterface: 2, driver: 'com.apple.DriverKit.AppleUSBSerial', ...device },
    { path: '/dev/cu.usbmodem5', usbInterface: 4, driver: null, ...device },
  ]);
  expect(parseMacosPorts('')).toEqual([]);
});
