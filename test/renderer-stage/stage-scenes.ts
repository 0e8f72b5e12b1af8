/** The scenes of the stage: one person, one line, a desk full of devices, and the states that they can be in. Times hang on the present. */
import type { Line, Order, Quote } from '#contract/account/index.ts';
import type { Period } from '#contract/common.ts';
import type { AccountSnapshot, Proof, Renewal } from '#contract/desk/account.ts';
import type { Device, DevicesSnapshot, EuiccOverview, ModemStatus, Profile, Rung } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';
import { lebEurope, harbourHoliday, meadowPersonal, lebGlobal, benchTest, type SampleProfile } from '#simulator/sample.ts';
import type { Scene } from './stage-desk.ts';

const dayMs = 86_400_000;
const now = Date.now();
const at = (days: number, minutes = 0): string => new Date(now + days * dayMs + minutes * 60_000).toISOString();
const euro = (amountMinor: number): { amountMinor: number; currency: string } => ({ amountMinor, currency: 'EUR' });

const used = [0.6, 0.5, 1.1, 1.2, 0.5, 0.9, 0.6, 0.8];
const line: Line = {
  lineId: 'line-1',
  msisdn: lebEurope.msisdn,
  iccid: lebEurope.iccid,
  nickname: null,
  plan: { planId: 'europe-20', name: 'Europe 20', dataBytes: 20e9, voiceMinutes: 100, smsCount: 50 },
  state: 'active',
  validFrom: at(-8),
  validUntil: at(23),
  data: { total: 20e9, left: 13.8e9, unlimited: false },
  voice: { total: 100, left: 87, unlimited: false },
  sms: { total: 50, left: 48, unlimited: false },
  usagePerDay: used.map((gigabytes, index) => ({ date: at(index - used.length + 1).slice(0, 10), bytes: gigabytes * 1e9 })),
  asOf: at(0, -2),
};

const periods: readonly (readonly [Period, number, number, number])[] = [
  ['month', 1, 1490, 0],
  ['quarter', 3, 3990, 10],
  ['year', 12, 14280, 20],
];
export const quotes: readonly Quote[] = periods.map(([period, months, amount, savingPercent]) => ({
  planId: 'europe-20',
  period,
  months,
  total: euro(amount),
  perMonth: euro(Math.round(amount / months)),
  savingPercent,
  currentEnd: at(23),
  newEnd: at(23 + Math.round(months * 30.44)),
  added: { dataBytes: 20e9 * months, voiceMinutes: 100 * months, smsCount: 0 },
  lineId: 'line-1',
  listPrice: euro(amount),
  promotion: null,
  taxIncluded: euro(Math.round(amount - amount / 1.19)),
  taxPercent: 19,
}));

const [, quarter] = quotes;
if (quarter === undefined) throw new Error('There is no quarter.');
export const openOrder: Order = {
  orderId: 'order-1',
  number: 'LEB-26-004817',
  lineId: 'line-1',
  state: 'open',
  quote: { ...quarter, total: euro(3591), promotion: { code: 'SPRING10', discount: euro(399) }, taxIncluded: euro(573) },
  attempt: 1,
  lastFailure: null,
  paymentMethod: null,
  createdAt: at(0, -4),
  expiresAt: at(1, -4),
  paidAt: null,
  fulfilledAt: null,
  verifiedAt: null,
  before: { validUntil: at(23), dataLeft: 13.8e9, voiceLeft: 87 },
  after: null,
  messages: [],
};
export const failedOrder: Order = { ...openOrder, lastFailure: { reason: 'insufficientFunds', at: at(0, -1) } };
const paidOrder: Order = {
  ...openOrder,
  state: 'paid',
  paidAt: at(0, -1),
  paymentMethod: { kind: 'card', brand: 'visa', last4: '4242', funding: 'credit' },
};
export const verifiedOrder: Order = {
  ...paidOrder,
  state: 'verified',
  fulfilledAt: at(0, -1),
  verifiedAt: at(0),
  after: { validUntil: quarter.newEnd, dataLeft: 73.8e9, voiceLeft: 387 },
  messages: [
    { channel: 'mail', to: 's••••@leb.example', state: 'sent', at: at(0) },
    { channel: 'sms', to: '+44 •••• ••0482', state: 'queued', at: null },
  ],
};

const proof = (state: Proof['state'], seconds: number | null = null): Proof => ({
  state,
  at: seconds === null ? null : new Date(now - 60_000 + seconds * 1000).toISOString(),
  evidence: {},
  problem: null,
});
const pending = { account: proof('waiting'), carrier: proof('waiting'), chip: proof('waiting'), network: proof('waiting') };
export const renewals = {
  waiting: { order: openOrder, pageUrl: 'http://127.0.0.1:40123/pay/cs_stage_a1B2c3D4', phase: 'waiting', chain: pending, device: null },
  failed: { order: failedOrder, pageUrl: null, phase: 'failed', chain: pending, device: null },
  applying: {
    order: paidOrder,
    pageUrl: null,
    phase: 'applying',
    chain: { account: proof('proven', 1), carrier: proof('waiting'), chip: proof('proven', 3), network: proof('unknown') },
    device: { deviceId: 'serial:/dev/ttyUSB2', iccid: lebEurope.iccid },
  },
  verified: {
    order: verifiedOrder,
    pageUrl: null,
    phase: 'verified',
    chain: { account: proof('proven', 6), carrier: proof('proven', 9), chip: proof('proven', 11), network: proof('proven', 14) },
    device: { deviceId: 'serial:/dev/ttyUSB2', iccid: lebEurope.iccid },
  },
  cancelled: { order: { ...openOrder, state: 'cancelled' }, pageUrl: null, phase: 'cancelled', chain: pending, device: null },
} satisfies Record<string, Renewal>;

const profileOf = (sample: SampleProfile, state: Profile['state'], nickname: string | null = null): Profile => ({
  iccid: sample.iccid,
  isdpAid: 'A0000005591010FFFFFFFF8900001100',
  state,
  nickname,
  serviceProviderName: sample.serviceProviderName,
  profileName: sample.profileName,
  profileClass: sample.profileClass,
  ownerMccMnc: sample.network.mccMnc,
  policyRules: [],
  port: null,
});
const euicc = (eid: string, profiles: Profile[]): EuiccOverview => ({
  eid,
  isdrAid: 'A0000005591010FFFFFFFF8900000100',
  svn: '2.5.0',
  firmwareVersion: '4.6.1',
  freeMemory: 298_752,
  defaultSmdpAddress: 'smdp.leb.example',
  rootSmdsAddress: 'smds.bench.example',
  ciRoots: [
    { keyId: 'F54172BDF98A95D65CBEB88A38A1C11D800A85C3', name: { en: 'GSMA test root', 'zh-CN': 'GSMA 测试根证书' }, kind: 'test' },
  ],
  manufacturer: { name: { en: 'Kigen', 'zh-CN': 'Kigen' }, country: null },
  product: null,
  mep: null,
  sasAccreditationNumber: null,
  uiccCapabilities: [],
  rspCapabilities: [],
  profiles,
  notifications: [{ seqNumber: 12, event: 'enable', address: 'smdp.leb.example', iccid: profiles[0]?.iccid ?? null }],
  readAt: at(0, -3),
});
const modem: ModemStatus = {
  manufacturer: 'Quectel',
  model: 'RM520N-GL',
  revision: 'RM520NGLAAR03A03M4G',
  imei: '004401123456721',
  sim: 'ready',
  iccid: lebEurope.iccid,
  imsi: lebEurope.imsi,
  registration: { state: 'roaming', technology: 'nr', areaCode: '1A2B', cellId: '01C3D4E5' },
  operator: { name: 'Harbour Mobile', mccMnc: '00101' },
  signal: { rssi: -61, rsrp: -87, rsrq: -10, bars: 3 },
  readAt: at(0, -1),
};
const rungs = (names: readonly Rung['name'][], unmet: number, problem: Rung['problem'], evidence: readonly (string | null)[]): Rung[] =>
  names.map((name, index) => ({
    name,
    state: index < unmet ? 'met' : index === unmet ? 'unmet' : 'notReached',
    evidence: evidence[index] ?? null,
    problem: index === unmet ? problem : null,
  }));
const readerRungs = ['pcscService', 'reader', 'card', 'notHeld', 'euicc'] as const;
const modemRungs = ['port', 'permission', 'notHeldPort', 'answers', 'sim', 'registered'] as const;
const base = { virtual: false, busyTaskId: null, euicc: null, otherEuiccs: [] as EuiccOverview[], modem: null, seenAt: at(0, -5) } as const;
const devices: readonly Device[] = [
  {
    ...base,
    deviceId: 'serial:/dev/ttyUSB2',
    kind: 'modem',
    name: 'Quectel RM520N-GL',
    state: 'ready',
    ladder: rungs(modemRungs, 9, null, ['ttyUSB2', null, null, 'OK', 'READY', 'Harbour Mobile']),
    modem,
    euicc: euicc('89049032004008826000318000017225', [profileOf(lebEurope, 'enabled'), profileOf(harbourHoliday, 'disabled')]),
  },
  {
    ...base,
    deviceId: 'serial:/dev/ttyUSB6',
    kind: 'modem',
    name: 'Sierra Wireless EM7565',
    state: 'blocked',
    ladder: rungs(modemRungs, 1, { code: 'PORT_PERMISSION', details: { port: '/dev/ttyUSB6' } }, ['ttyUSB6', 'EACCES']),
  },
  {
    ...base,
    deviceId: 'serial:virtual1',
    kind: 'modem',
    name: 'Virtual modem',
    virtual: true,
    state: 'reconnecting',
    ladder: rungs(modemRungs, 9, null, []),
  },
  {
    ...base,
    deviceId: 'pcsc:ACS ACR39U',
    kind: 'reader',
    name: 'ACS ACR39U',
    state: 'ready',
    ladder: rungs(readerRungs, 9, null, [null, 'ACS ACR39U', '3B9F96C0', null, 'A0000005…0100']),
    euicc: euicc('89044045930000000000001492101789', [
      profileOf(lebGlobal, 'enabled'),
      profileOf(meadowPersonal, 'disabled', 'Home'),
      profileOf(benchTest, 'disabled'),
    ]),
  },
  {
    ...base,
    deviceId: 'pcsc:Virtual PCD 00 00',
    kind: 'reader',
    name: 'Virtual PCD 00 00',
    virtual: true,
    state: 'reading',
    ladder: rungs(readerRungs, 9, null, []),
  },
  {
    ...base,
    deviceId: 'pcsc:Identiv uTrust 3700',
    kind: 'reader',
    name: 'Identiv uTrust 3700',
    state: 'empty',
    ladder: rungs(readerRungs, 2, { code: 'NO_CARD', details: {} }, []),
  },
  {
    ...base,
    deviceId: 'pcsc:ACS ACR39U 01',
    kind: 'reader',
    name: 'ACS ACR39U (2)',
    state: 'ghost',
    ladder: rungs(readerRungs, 1, { code: 'READER_GONE', details: {} }, []),
  },
];
export const allDevices: DevicesSnapshot = { devices: [...devices], transports: [] };
export const noDevices: DevicesSnapshot = {
  devices: [],
  transports: [
    { id: 'pcsc', kind: 'reader', virtual: false, problem: { code: 'PCSC_SERVICE_DOWN', details: {} } },
    { id: 'serial', kind: 'modem', virtual: false, problem: null },
  ],
};
export const runningTask: Task = {
  taskId: 'task-1',
  kind: 'profile.enable',
  deviceId: 'pcsc:ACS ACR39U',
  iccid: meadowPersonal.iccid,
  profileName: 'Home',
  state: 'running',
  steps: [
    { name: 'openCard', state: 'done', at: at(0) },
    { name: 'enableProfile', state: 'done', at: at(0) },
    { name: 'refreshCard', state: 'running', at: null },
    { name: 'readBack', state: 'notReached', at: null },
  ],
  cancellable: true,
  startedAt: at(0),
  finishedAt: null,
  error: null,
  modem: null,
  need: null,
  preview: null,
  progress: null,
  events: null,
  networks: null,
  refreshedBy: null,
  deliveries: [],
  testRoots: false,
};
export const failedTask: Task = {
  ...runningTask,
  state: 'failed',
  steps: [
    { name: 'openCard', state: 'done', at: at(0) },
    { name: 'enableProfile', state: 'failed', at: at(0) },
    { name: 'readBack', state: 'notReached', at: null },
  ],
  finishedAt: at(0),
  error: { code: 'CARD_REMOVED', details: { reader: 'ACS ACR39U' } },
};

export const doneTask: Task = {
  ...runningTask,
  state: 'done',
  steps: runningTask.steps.map((step) => ({ ...step, state: 'done', at: at(0) })),
  cancellable: false,
  finishedAt: at(0),
};

export const signedIn: AccountSnapshot = {
  service: {
    name: 'LEB account service',
    version: '0.1.0',
    trial: true,
    sample: { login: 'sample@leb.example', password: 'sample-password' },
    supportEmail: 'support@leb.example',
    paymentMethods: ['card', 'paypal'],
  },
  state: 'signedIn',
  sessionStore: 'system',
  account: {
    accountId: 'a1',
    email: 'sample@leb.example',
    phone: null,
    emailVerified: false,
    phoneVerified: false,
    language: 'en',
    languageFollows: true,
    createdAt: at(-200),
  },
  lines: [line],
  orders: [],
  promotions: [{ code: 'SPRING10', percentOff: 10, amountOff: null, periods: ['quarter'], endsAt: at(17) }],
  asOf: at(0, -2),
  problem: null,
};
export const signedOut: AccountSnapshot = { ...signedIn, state: 'signedOut', account: null, lines: [], promotions: [], asOf: null };
export const expiredLine: Line = {
  ...line,
  state: 'expired',
  validFrom: at(-33),
  validUntil: at(-2),
  data: { total: 20e9, left: 0, unlimited: false },
};
export const secondLine: Line = {
  ...line,
  lineId: 'line-2',
  msisdn: lebGlobal.msisdn,
  iccid: lebGlobal.iccid,
  plan: { ...line.plan, name: 'Global 10' },
};
export const lowLine: Line = { ...line, data: { total: 20e9, left: 0.8e9, unlimited: false }, validUntil: at(5) };

export const unlimitedLine: Line = {
  ...line,
  data: { total: null, left: null, unlimited: true },
  voice: { total: 10_000, left: 10_000, unlimited: false },
};
export const usedUpLine: Line = {
  ...line,
  data: { total: 20e9, left: 0, unlimited: false },
  voice: { total: 0, left: 0, unlimited: false },
};
export const unknownLine: Line = {
  ...line,
  validFrom: null,
  validUntil: null,
  data: { total: null, left: null, unlimited: false },
  voice: { total: null, left: null, unlimited: false },
  usagePerDay: [],
};
const longName = 'Intercontinental Traveller Unlimited Business Premium';
export const longLine: Line = { ...line, plan: { ...line.plan, name: longName } };
/** Names as long as makers and people make them. */
export const longNames: DevicesSnapshot = {
  transports: [],
  devices: devices.map((device) => ({
    ...device,
    name: `${device.name} with an integrated antenna, third generation`,
    modem: device.modem === null ? null : { ...device.modem, operator: { name: longName, mccMnc: '00101' } },
    euicc:
      device.euicc === null
        ? null
        : { ...device.euicc, profiles: device.euicc.profiles.map((profile) => ({ ...profile, nickname: longName })) },
  })),
};
export const openPromotions: AccountSnapshot['promotions'] = [
  { code: 'WELCOME', percentOff: null, amountOff: euro(500), periods: ['quarter', 'year'], endsAt: null },
];

export const firstScene: Omit<Scene, 'modem'> = {
  account: signedIn,
  devices: allDevices,
  tasks: [],
  outbox: [],
  icon: null,
  pictured: null,
  settings: { language: 'en', theme: 'light', technicianMode: false, testRoots: '' },
  renewals: { 'order-1': renewals.waiting },
  quotes,
  shell: 'web',
};
