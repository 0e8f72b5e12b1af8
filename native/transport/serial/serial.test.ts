import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listPorts } from './list-ports.ts';
import { modemVendors } from './modem-vendors.ts';
import { openError } from './serial-errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'leb-ports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const failing = (): Promise<never> => Promise.reject(new Error('spawn udevadm ENOENT'));

it.each([
  ['Error: No such file or directory, cannot open /dev/ttyUSB9', 'PORT_NOT_FOUND'],
  ['Opening COM9: File not found', 'PORT_NOT_FOUND'],
  ['Error: Inappropriate ioctl for device setting custom baud rate of 115200', 'PORT_NOT_FOUND'],
  ['Error: Permission denied, cannot open /dev/ttyUSB2', 'PORT_PERMISSION'],
  ['Error Resource temporarily unavailable Cannot lock port', 'PORT_BUSY'],
  ['Error: Device or resource busy, cannot open /dev/ttyUSB2', 'PORT_BUSY'],
  ['Opening COM7: Access denied', 'PORT_BUSY'],
])('"%s" is %s', (reason, code) => {
  expect(openError(new Error(reason), '/dev/x')).toMatchObject({ code, details: { port: '/dev/x', reason } });
});

it('knows makers by four hex digits, lower case', () => {
  expect(Object.keys(modemVendors).every((id) => /^[0-9a-f]{4}$/.test(id))).toBe(true);
  expect(modemVendors['2c7c']).toBe('Quectel');
});

it.skipIf(process.platform === 'win32')('shows a named path while it leads to a terminal, and may probe it', async () => {
  const terminal = join(folder, 'terminal');
  const nowhere = join(folder, 'nowhere');
  const file = join(folder, 'file');
  symlinkSync('/dev/null', terminal);
  symlinkSync(join(folder, 'gone'), nowhere);
  writeFileSync(file, '');
  const ports = await listPorts(failing, [terminal, nowhere, file]);
  expect(ports.filter(({ path }) => path.startsWith(folder))).toEqual([
    { path: terminal, usbVendorId: null, usbProductId: null, serialNumber: null, manufacturer: null, probe: true },
  ]);
});
