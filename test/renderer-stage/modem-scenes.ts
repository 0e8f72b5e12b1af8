/** The scenes of a modem: one that says all it can, one that says little, and what a SIM may wait for. */
import type {
  ModemDetails,
  PacketData,
  RadioCell,
  RadioReport,
  RadioSettings,
  RegistrationReport,
  SimLock,
  SuggestedContext,
} from '#contract/desk/modem.ts';
import type { DevicesSnapshot, ModemStatus } from '#contract/desk/devices.ts';
import type { ScannedNetwork, Task } from '#contract/desk/tasks.ts';
import { allDevices, runningTask } from './stage-scenes.ts';

export type ModemScene = {
  readonly simLock: SimLock;
  readonly registration: RegistrationReport;
  /** What the modem hears, one report after the other; the last one stays. */
  readonly radio: readonly RadioReport[];
  readonly settings: RadioSettings;
  readonly details: ModemDetails;
  readonly packetData: PacketData;
  readonly suggestions: readonly SuggestedContext[];
};

export const modemId = 'serial:/dev/ttyUSB2';
export const modemPath = (section: string): string => `/devices/${encodeURIComponent(modemId)}/modem/${section}`;

const noCell = { mccMnc: null, areaCode: null, cellId: null, bandwidthMHz: null, rssi: null } as const;
const cellsOf = (rsrp: number, pci: number): RadioCell[] => [
  {
    role: 'serving',
    serving: true,
    technology: 'eutran',
    mccMnc: '00101',
    areaCode: '1A2B',
    cellId: '01C3D4E5',
    pci,
    band: 'B3',
    channel: 1300,
    bandwidthMHz: 20,
    rssi: -61,
    rsrp,
    rsrq: -10,
    sinr: 17,
  },
  {
    ...noCell,
    role: 'secondary',
    serving: false,
    technology: 'nr',
    pci: 611,
    band: 'n78',
    channel: 643_296,
    rsrp: -94,
    rsrq: -11,
    sinr: 14,
  },
  {
    ...noCell,
    role: 'neighbour',
    serving: false,
    technology: 'eutran',
    pci: 87,
    band: 'B3',
    channel: 1300,
    rsrp: -101,
    rsrq: -15,
    sinr: null,
  },
  {
    ...noCell,
    role: 'neighbour',
    serving: false,
    technology: 'eutran',
    pci: 402,
    band: 'B7',
    channel: 2950,
    rsrp: -108,
    rsrq: -17,
    sinr: null,
  },
];

/** Eight minutes of them, a valley and a pause in the middle. */
function walk(): RadioReport[] {
  const count = 96;
  return Array.from({ length: count }, (_, index) => index)
    .filter((index) => index < 60 || index > 66)
    .map((index) => {
      const rsrp = Math.round(-90 - 14 * Math.exp(-(((index - 48) / 9) ** 2)) + 2.5 * Math.sin(index * 1.7));
      return {
        registration: { state: 'roaming', technology: 'nr', areaCode: '1A2B', cellId: '01C3D4E5' },
        signal: { rssi: rsrp + 26, rsrp, rsrq: -10 - (index % 3), bars: rsrp >= -98 ? 4 : 3 },
        sinr: 17 - (index % 4),
        quality: rsrp >= -95 ? 'good' : rsrp >= -105 ? 'fair' : 'poor',
        cells: cellsOf(rsrp, index < 46 ? 87 : 214),
        readAt: new Date(Date.now() - (count - 1 - index) * 5_000).toISOString(),
      };
    });
}

const domain = { technology: null, areaCode: null, cellId: null, rejectCause: null } as const;
const talkative: ModemScene = {
  simLock: { state: 'ready', pinRequested: true, attempts: { pin: 3, puk: 10, pin2: 3, puk2: 10 } },
  registration: {
    registration: { state: 'roaming', technology: 'nr', areaCode: '1A2B', cellId: '01C3D4E5' },
    operator: { name: 'Harbour Mobile', mccMnc: '00101' },
    selection: 'automatic',
    domains: [
      { ...domain, domain: 'cs', state: 'denied', rejectCause: 18 },
      { ...domain, domain: 'ps', state: 'notRegistered' },
      { domain: 'eps', state: 'roaming', technology: 'eutran', areaCode: '1A2B', cellId: '01C3D4E5', rejectCause: null },
      { ...domain, domain: '5gs', state: 'searching' },
    ],
    rejectCause: null,
  },
  radio: walk(),
  settings: {
    power: 'on',
    fccLocked: false,
    technologies: {
      choices: [['nr', 'eutran', 'utran'], ['nr', 'eutran'], ['eutran', 'utran'], ['nr'], ['eutran'], ['utran']],
      allowed: ['nr', 'eutran', 'utran'],
      preferred: 'nr',
      canPrefer: true,
    },
    bands: {
      supported:
        'U1 U2 U4 U5 U8 B1 B2 B3 B4 B5 B7 B8 B12 B13 B14 B17 B18 B19 B20 B25 B26 B28 B30 B38 B40 B41 B66 B71 n1 n3 n5 n7 n8 n20 n28 n38 n40 n41 n77 n78 n79'.split(
          ' ',
        ),
      enabled: 'U1 U8 B1 B3 B7 B8 B20 B28 n1 n3 n7 n28 n78'.split(' '),
    },
  },
  details: {
    serialNumber: 'MP06W2207A1F',
    imeiSv: '0044011234567201',
    ownNumbers: [{ number: '+447700900482', name: null }],
    slots: { active: 1, count: 2 },
    clock: { at: '2026-05-14T10:32:06.000Z', offsetMinutes: 120 },
    temperature: 41,
  },
  packetData: {
    attached: true,
    contexts: [
      {
        cid: 1,
        type: 'ipv4v6',
        apn: 'leb.internet',
        active: true,
        addresses: ['10.74.18.203', '2001:db8:4a12:7::1'],
        dnsServers: ['10.74.0.53', '2001:db8:4a12::53'],
        authentication: { protocol: 'none', userName: '' },
        counters: { sent: 18_400_000, received: 412_000_000 },
      },
      {
        cid: 2,
        type: 'ipv4v6',
        apn: 'ims',
        active: false,
        addresses: [],
        dnsServers: [],
        authentication: null,
        counters: null,
      },
      {
        cid: 4,
        type: 'ipv4',
        apn: '',
        active: false,
        addresses: [],
        dnsServers: [],
        authentication: { protocol: 'chap', userName: 'office@harbour' },
        counters: null,
      },
    ],
  },
  suggestions: [
    { carrier: 'LEB', plan: null, customers: null, apn: 'leb.internet', type: 'ipv4v6', authentication: null },
    {
      carrier: 'Harbour Mobile',
      plan: 'Harbour Data',
      customers: 'postpaid',
      apn: 'internet.harbour.example',
      type: 'ipv4v6',
      authentication: { protocol: 'pap', userName: 'web', password: 'web' },
    },
    {
      carrier: 'Harbour Mobile',
      plan: 'Harbour Holiday',
      customers: 'prepaid',
      apn: 'holiday.harbour.example',
      type: 'ipv4',
      authentication: null,
    },
    { carrier: 'Meadow Personal', plan: null, customers: null, apn: 'meadow', type: 'ipv4v6', authentication: null },
  ],
};

/** Knows the standard's commands, and not all of those. */
const quiet: ModemScene = {
  simLock: { state: 'ready', pinRequested: null, attempts: { pin: null, puk: null, pin2: null, puk2: null } },
  registration: {
    registration: { state: 'denied', technology: null, areaCode: null, cellId: null },
    operator: null,
    selection: 'manual',
    domains: [{ ...domain, domain: 'eps', state: 'denied', rejectCause: 11 }],
    rejectCause: 11,
  },
  radio: [
    {
      registration: { state: 'denied', technology: null, areaCode: null, cellId: null },
      signal: { rssi: -83, rsrp: null, rsrq: null, bars: 4 },
      sinr: null,
      quality: 'fair',
      cells: [],
      readAt: new Date().toISOString(),
    },
  ],
  settings: { power: 'airplane', fccLocked: true, technologies: null, bands: null },
  details: { serialNumber: null, imeiSv: null, ownNumbers: [], slots: null, clock: null, temperature: null },
  packetData: { attached: null, contexts: [] },
  suggestions: [],
};
export const modemScenes = { talkative, quiet } as const;

const withModem = (change: Partial<ModemStatus>): DevicesSnapshot => ({
  ...allDevices,
  devices: allDevices.devices.map((device) =>
    device.deviceId === modemId && device.modem !== null ? { ...device, modem: { ...device.modem, ...change } } : device,
  ),
});
const off = {
  registration: { state: 'notRegistered', technology: null, areaCode: null, cellId: null },
  operator: null,
  signal: null,
} as const;

export const away: DevicesSnapshot = {
  ...allDevices,
  devices: allDevices.devices.map((device) => (device.deviceId === modemId ? { ...device, state: 'reconnecting' } : device)),
};
export const waitsForPin = withModem({ ...off, sim: 'pinRequired', iccid: null, imsi: null });
export const waitsForPuk = withModem({ ...off, sim: 'pukRequired', iccid: null, imsi: null });
export const pinScene: ModemScene = {
  ...talkative,
  simLock: { state: 'pinRequired', pinRequested: true, attempts: { pin: 2, puk: 10, pin2: 3, puk2: 10 } },
};
export const pukScene: ModemScene = {
  ...talkative,
  simLock: { state: 'pukRequired', pinRequested: true, attempts: { pin: 0, puk: 1, pin2: 3, puk2: 10 } },
};

const networks: ScannedNetwork[] = [
  { state: 'current', name: 'Harbour Mobile', mccMnc: '00101', technology: 'eutran' },
  { state: 'available', name: 'Harbour Mobile', mccMnc: '00101', technology: 'nr' },
  { state: 'available', name: 'Meadow Personal', mccMnc: '00102', technology: 'eutran' },
  { state: 'available', name: 'Meadow Personal', mccMnc: '00102', technology: 'gsm' },
  { state: 'unknown', name: null, mccMnc: '99970', technology: 'nr' },
  { state: 'forbidden', name: 'Cliff Telecom', mccMnc: '00103', technology: 'eutran' },
];
const now = new Date().toISOString();
export const scanning: Task = {
  ...runningTask,
  taskId: 'scan-1',
  kind: 'modem.scan',
  deviceId: modemId,
  iccid: null,
  profileName: null,
  steps: [{ name: 'scanNetworks', state: 'running', at: null }],
};
export const scanned: Task = {
  ...scanning,
  state: 'done',
  steps: [{ name: 'scanNetworks', state: 'done', at: now }],
  cancellable: false,
  finishedAt: now,
  networks,
};
export const selecting: Task = {
  ...scanning,
  taskId: 'select-1',
  kind: 'modem.selectNetwork',
  startedAt: new Date(Date.now() + 1000).toISOString(),
  steps: [
    { name: 'selectNetwork', state: 'done', at: now },
    { name: 'waitForNetwork', state: 'running', at: null },
  ],
};
export const restarting: Task = {
  ...scanning,
  taskId: 'restart-1',
  kind: 'modem.restart',
  steps: [
    { name: 'restartModem', state: 'done', at: now },
    { name: 'waitForModem', state: 'running', at: null },
  ],
};
