import { splitFields } from '../../line-fields.ts';
import { bandOfChannel } from '../bands.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { choice, flag, hexDigits, hexNumber, namedFields, readFields, scaled, signed, whole, word } from '../readers.ts';
import { networkTime } from '../standard/clock.ts';

const manual = 'Huawei AT command interface specification';

/** Signal scales of `^HCSQ`: the lower end of the step; 255 is unknown. */
const rssi = scaled(0, 96, (index) => index - 121);
const rscp = scaled(0, 96, (index) => index - 121);
const ecio = scaled(0, 65, (index) => index / 2 - 32.5);
const rsrp = scaled(0, 97, (index) => index - 141);
const sinr = scaled(0, 251, (index) => Math.round((index * 0.2 - 20.2) * 10) / 10);
const rsrq = scaled(0, 34, (index) => index / 2 - 20);

const none = { rssi: null, rscp: null, ecio: null, rsrp: null, sinr: null, rsrq: null };

function signalQuality(rest: string): ExplainedFields | null {
  const [mode = '', a = '', b = '', c = '', d = '', e = ''] = splitFields(rest);
  const values = [a, b, c, d, e].map((text) => whole(text) ?? 0);
  switch (mode.toUpperCase()) {
    case 'NOSERVICE':
      return { act: 'none', values: [], ...none };
    case 'GSM':
      return { act: 'gsm', values, ...none, rssi: rssi(a) };
    case 'WCDMA':
      return { act: 'umts', values, ...none, rssi: rssi(a), rscp: rscp(b), ecio: ecio(c) };
    case 'LTE':
      return { act: 'lte', values, ...none, rssi: rssi(a), rsrp: rsrp(b), sinr: sinr(c), rsrq: rsrq(d) };
    case 'NR':
      return { act: '5gnr', values, ...none, rsrp: rsrp(a), sinr: sinr(b), rsrq: rsrq(c) };
    default:
      return null;
  }
}

/** Bytes of an address from the last to the first, in hexadecimal: `0x0A01A8C0` is 192.168.1.10. */
function reversedAddress(text: string): string | null {
  const digits = hexDigits(text);
  if (digits === null || digits.length > 8) return null;
  return [...digits.padStart(8, '0').matchAll(/../g)]
    .map(([byte]) => Number.parseInt(byte, 16))
    .toReversed()
    .join('.');
}

function leasedAddresses(rest: string): ExplainedFields | null {
  const [own = '', mask = '', gateway = '', , dns1 = '', dns2 = ''] = splitFields(rest);
  const address = reversedAddress(own);
  const bits = hexNumber(mask)?.toString(2).replaceAll('0', '').length;
  if (address === null || bits === undefined) return null;
  return { address, prefix: bits, gateway: reversedAddress(gateway), dns1: reversedAddress(dns1), dns2: reversedAddress(dns2) };
}

/** `<stat>,<error>,<reserved>,<type>`, once for each type of address on one line or on several. Without a type it is IPv4. */
function connectionState(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  let value = { ipv4Available: false, ipv4Connected: null as boolean | null, ipv6Available: false, ipv6Connected: null as boolean | null };
  for (let start = 0; start < Math.min(fields.length, 16); start += 4) {
    const connected = flag(fields[start] ?? '');
    if (connected === null) return null;
    value =
      fields[start + 3]?.endsWith('6') === true
        ? { ...value, ipv6Available: true, ipv6Connected: connected }
        : { ...value, ipv4Available: true, ipv4Connected: connected };
  }
  return value;
}

function bothConnections(before: ExplainedFields, further: ExplainedFields): ExplainedFields {
  const value: Record<string, ExplainedFields[string]> = { ...before };
  for (const [name, now] of Object.entries(further)) if (now !== null && now !== false) value[name] = now;
  for (const name of ['ipv4Connected', 'ipv6Connected']) value[name] ??= further[name] ?? null;
  return value;
}

/** What the functions of the composite device are, by the names that firmwares give them. */
function portFunction(name: string): string {
  const lower = name.toLowerCase().replace(/^[34]g_/, '');
  if (['mdm', 'modem'].includes(lower)) return 'modem';
  if (['ndis', 'ncm', 'rndis'].includes(lower)) return 'net';
  if (lower === 'sd' || lower.startsWith('mass')) return 'sd';
  return lower.endsWith('shell') ? 'shell' : lower;
}

function portModes(rest: string): ExplainedFields | null {
  const ports = [...rest.matchAll(/([A-Za-z0-9_]{1,24})\s*:\s*(\d{1,3})\b/g)].map(([, name = '', index]) => ({
    name,
    index: Number(index),
  }));
  const modes = ports.toSorted((a, b) => a.index - b.index).map(({ name }) => portFunction(name));
  return modes.length === 0 ? null : { modes };
}

/** Values that stand for "not measured" in TD-Tech's reports. */
const notMeasured = { rsrp: -157, rsrq: -44, sinr: -24 };

function measured(kind: keyof typeof notMeasured): (text: string) => number | null {
  return (text) => (signed(text) === notMeasured[kind] ? null : signed(text));
}

function servingCell(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const [rat = '', mcc = '', mnc = '', channel = ''] = fields;
  const common = { rat: rat.toUpperCase(), mcc, mnc, channel: whole(channel) };
  if (common.rat === 'NR') {
    const value = namedFields(fields.slice(4), [
      ['scs', whole],
      ['cellId', hexDigits],
      ['pci', hexNumber],
      ['tac', hexDigits],
      ['rsrp', measured('rsrp')],
      ['rsrq', measured('rsrq')],
      ['sinr', measured('sinr')],
    ]);
    return value === null ? null : { ...common, ...value, rssi: null, band: bandOfChannel('NR', common.channel) };
  }
  if (common.rat !== 'LTE') return null;
  const value = namedFields(fields.slice(4), [
    ['cellId', hexDigits],
    ['pci', hexNumber],
    ['tac', hexDigits],
    ['rsrp', measured('rsrp')],
    ['rsrq', measured('rsrq')],
    ['rssi', signed],
  ]);
  return value === null ? null : { ...common, ...value, scs: null, sinr: null, band: bandOfChannel('LTE', common.channel) };
}

function neighbourCell(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const rat = (fields[0] ?? '').toUpperCase();
  if (rat !== 'NR' && rat !== 'LTE') return null;
  const value = namedFields(fields.slice(1), [
    ['channel', whole],
    ['pci', hexNumber],
    ['rsrp', measured('rsrp')],
    ['rsrq', measured('rsrq')],
    // Of LTE the strength follows, if anything does.
    rat === 'NR' ? ['sinr', measured('sinr')] : ['rssi', signed],
  ]);
  return value === null ? null : { cells: [{ rat, ...value, band: bandOfChannel(rat, whole(fields[1] ?? '')) }] };
}

const systemFields = {
  srvStatus: ['srvStatus', whole],
  srvDomain: ['srvDomain', whole],
  roamStatus: ['roamStatus', whole],
  simState: ['simState', whole],
} as const;

export const huaweiDecoders: readonly LineDecoder[] = [
  { kind: 'hcsq', names: ['^HCSQ'], specification: manual, decode: signalQuality },
  { kind: 'dhcp', names: ['^DHCP'], specification: manual, decode: leasedAddresses },
  { kind: 'ndisstat', names: ['^NDISSTAT', '^NDISSTATQRY'], specification: manual, decode: connectionState, merge: bothConnections },
  { kind: 'getportmode', names: ['^GETPORTMODE'], specification: manual, decode: portModes },
  {
    kind: 'huawei-time',
    names: ['^TIME'],
    specification: manual,
    decode: (rest) => (/^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d$/.test(rest) ? networkTime(rest) : null),
  },
  {
    kind: 'nwtime',
    names: ['^NWTIME'],
    specification: manual,
    decode(rest) {
      const time = networkTime(rest);
      const saving = whole(splitFields(rest)[2] ?? '');
      return time === null ? null : { ...time, dstOffsetMinutes: saving === null ? null : saving * 60 };
    },
  },
  {
    kind: 'sysinfo',
    names: ['^SYSINFO'],
    specification: manual,
    decode: (rest) =>
      readFields(rest, [
        systemFields.srvStatus,
        systemFields.srvDomain,
        systemFields.roamStatus,
        ['sysMode', whole],
        systemFields.simState,
        ['lockState', whole],
        ['sysSubmode', whole],
      ]),
  },
  {
    kind: 'sysinfoex',
    names: ['^SYSINFOEX'],
    specification: manual,
    decode: (rest) =>
      readFields(rest, [
        systemFields.srvStatus,
        systemFields.srvDomain,
        systemFields.roamStatus,
        systemFields.simState,
        ['lockState', whole],
        ['sysMode', whole],
        ['sysModeName', word],
        ['sysSubmode', whole],
        ['sysSubmodeName', word],
      ]),
  },
  { kind: 'monsc', names: ['^MONSC'], specification: manual, decode: servingCell },
  { kind: 'monnc', names: ['^MONNC'], specification: manual, decode: neighbourCell },
  {
    kind: 'rrcstat',
    names: ['^RRCSTAT'],
    specification: manual,
    decode(rest) {
      const fields = splitFields(rest);
      const state = whole(fields[fields.length > 1 ? 1 : 0] ?? '');
      return state === null ? null : { connected: state === 1, camped: state === 0 };
    },
  },
  {
    kind: 'simst',
    names: ['^SIMST'],
    specification: manual,
    decode(rest) {
      const state = whole(splitFields(rest)[0] ?? '');
      return state === null ? null : { number: state, valid: state === 1, absent: state === 255 };
    },
  },
  {
    kind: 'srvst',
    names: ['^SRVST'],
    specification: manual,
    decode: (rest) =>
      readFields(`${rest},${rest}`, [
        ['number', whole],
        ['service', choice(['none', 'restricted', 'valid', 'restricted-regional', 'power-saving'])],
      ]),
  },
];
