import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listPorts } from './list-ports.ts';
import { compareByRole, judgePort, readModemPortTable } from './modem-port-table.ts';
import { modemVendors } from './modem-vendors.ts';
import type { FoundPort } from './port-lister.ts';
import { judgePermission } from './port-permission.ts';
import { openError } from './serial-errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'leb-ports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const failing = (): Promise<never> => Promise.reject(new Error('spawn udevadm ENOENT'));
const facts = new URL('../../../resources/facts/modem-usb-ports.json', import.meta.url);
const table = readModemPortTable(JSON.parse(readFileSync(facts, 'utf8')));

function port(usbVendorId: string | null, usbProductId: string | null, usbInterface: number | null = null): FoundPort {
  const nothing = { serialNumber: null, manufacturer: null, product: null, driver: null, location: null, role: null };
  return { path: '/dev/x', usbVendorId, usbProductId, usbInterface, ...nothing };
}

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
  const ports = await listPorts(failing, table, [terminal, nowhere, file]);
  expect(ports.filter(({ path }) => path.startsWith(folder))).toEqual([{ ...port(null, null), path: terminal, probe: true }]);
});

it.each<[string, FoundPort, string | null, boolean]>([
  ['the AT port of a Quectel EC25', port('2c7c', '0125', 2), 'at', true],
  ['its second AT port', port('2c7c', '0125', 3), 'atSecondary', true],
  ['its diagnostic port', port('2c7c', '0125', 0), 'diag', false],
  ['its positions', port('2c7c', '0125', 1), 'nmea', false],
  ['an interface that the table does not name, of a modem whose AT port it names', port('2c7c', '0125', 7), null, false],
  ['a port without a number, of a modem that the table knows', port('2c7c', '0125'), null, true],
  ['a modem whose interfaces nobody has written down', port('03f0', '261d', 3), null, true],
  ['a product that is in no table, of a maker of modems only', port('2c7c', 'ffff', 5), null, true],
  ['a positioning receiver of a maker of modems', port('1546', '01a8', 0), 'ignore', false],
  ['a modem in its recovery mode', port('05c6', '9008', 0), 'ignore', false],
  ['an Arduino', port('2341', '0043', 0), null, false],
  ['a converter that anything can hang on', port('0403', '6001', 0), null, false],
  ['a radio board of a maker of modems and other things', port('1915', '520f', 0), null, false],
  ['a port that is on no bus', port(null, null), null, false],
  ['what the system itself calls an AT port', { ...port(null, null), role: 'at' }, 'at', true],
])('judges %s', (_case, found, role, probe) => {
  expect(judgePort(found, table)).toEqual({ role, probe });
});

it('tries the first AT port first, the port of data calls last', () => {
  const judged = [6, 2, 5, 4].map((number) => ({
    ...port('x', 'y', number),
    role: ({ 2: 'ppp', 4: 'at', 5: 'atSecondary' } as const)[number] ?? null,
  }));
  expect(judged.toSorted(compareByRole).map(({ usbInterface }) => usbInterface)).toEqual([4, 5, 6, 2]);
});

it('lets a port be probed that the person names, whatever the table says', async () => {
  const found = { ...port('2341', '0043', 0), path: '/dev/ttyACM0' };
  expect(await listPorts(() => Promise.resolve([found]), table, ['/dev/ttyACM0'])).toEqual([{ ...found, probe: true }]);
  expect(await listPorts(() => Promise.resolve([found]), table, [])).toEqual([{ ...found, probe: false }]);
});

it.each([
  ['no object', []],
  ['no devices', { about: '' }],
  ['an id in capitals', { devices: { '2C7C:0125': {} } }],
  ['an unknown role', { devices: { '2c7c:0125': { 2: 'voice' } } }],
  ['an interface that is no number', { devices: { '2c7c:0125': { if02: 'at' } } }],
])('refuses a table with %s', (_case, document) => {
  expect(() => readModemPortTable(document)).toThrow(TypeError);
});

it('asks the system for access to every modem that the table knows, and to no other device', () => {
  const rules = readFileSync(new URL('../../../resources/udev/70-leb-companion-modem.rules', import.meta.url), 'utf8');
  const asked = [...rules.matchAll(/^ATTRS\{idVendor\}=="(\w{4})"(?:, ATTRS\{idProduct\}=="(\w{4})")?, TAG\+="uaccess"$/gm)].map(
    ([, vendor, product]) => (product === undefined ? vendor : `${vendor}:${product}`),
  );
  const modems = Object.keys(table).filter((usb) => table[usb] !== 'ignore' && !(usb.slice(0, 4) in modemVendors));
  expect(asked).toHaveLength(new Set(asked).size);
  expect(new Set(asked)).toEqual(new Set([...Object.keys(modemVendors), ...modems]));
});

const groupFile = 'root:x:0:\ndialout:x:20:ada,grace\nplugdev:x:46:\n';

it.each<[string, { gid: number; mode: number }, number[], object]>([
  ['of a group that the user is not in', { gid: 46, mode: 0o20660 }, [1000], { access: 'group', group: 'plugdev', user: 'ada' }],
  [
    'of a group that the user has joined meanwhile',
    { gid: 20, mode: 0o20660 },
    [1000],
    { access: 'signInAgain', group: 'dialout', user: 'ada' },
  ],
  ['of a group that may only read', { gid: 20, mode: 0o20640 }, [1000], { access: 'rule' }],
  ['of the administrator', { gid: 0, mode: 0o20660 }, [1000], { access: 'rule' }],
  ['of a group without a name', { gid: 99, mode: 0o20660 }, [1000], { access: 'rule' }],
  ['of a group that the user is in, where something else is in the way', { gid: 20, mode: 0o20660 }, [1000, 20], { access: 'rule' }],
])('says what is missing for a port %s', (_case, node, groups, expected) => {
  expect(judgePermission(node, groupFile, { name: 'ada', groups })).toEqual(expected);
});
