/** Scenes about chips: one that says all it can, a card with two of them, several profiles at once, and notifications in every state. */
import type { Device, DevicesSnapshot, EuiccOverview, OutboxEntry, Picture } from '#contract/desk/devices.ts';
import { allDevices } from './stage-scenes.ts';

const minutes = (count: number): string => new Date(Date.now() + count * 60_000).toISOString();

export const readerId = 'pcsc:ACS ACR39U';
const reader = allDevices.devices.find(({ deviceId }) => deviceId === readerId);
if (reader?.euicc === undefined || reader.euicc === null) throw new Error('There is no reader with a chip.');
const { euicc } = reader;
/** With right check digits. */
const eid = '89044045930000000000001492101786';

const talkative: EuiccOverview = {
  ...euicc,
  eid,
  manufacturer: { name: { en: 'Eastcompeace', 'zh-CN': '东信和平' }, country: 'CN' },
  product: { en: 'eSTK.me 2.1', 'zh-CN': 'eSTK.me 2.1' },
  sasAccreditationNumber: 'GD-BA-UP-0419',
  ciRoots: [
    { keyId: '81370F5125D0B1D408D4C3B232E6D25E795BEBFB', name: { en: 'GSMA root CI1', 'zh-CN': 'GSMA 根证书 CI1' }, kind: 'live' },
    {
      keyId: '665A1433D67C1A2C5DB8B52C967F10A057BA5CB2',
      name: { en: 'GSMA test root, NIST P-256', 'zh-CN': 'GSMA 测试根证书，NIST P-256' },
      kind: 'test',
    },
    { keyId: '4C27967AD20C14B391E9601E41E604AD57C0222F', name: { en: 'China', 'zh-CN': '中国国家根证书' }, kind: 'national' },
    { keyId: '0011223344556677889900112233445566778899', name: null, kind: null },
  ],
  uiccCapabilities: [
    'contactless',
    'usim',
    'isim',
    'csim',
    'milenage',
    'cave',
    'tuak128',
    'gbaUsim',
    'javacard',
    'multipleUsim',
    'berTlvFile',
    'profile-a-x25519',
    'bit42',
  ],
  rspCapabilities: ['additionalProfile', 'crl', 'testProfile'],
  profiles: euicc.profiles.map((profile, index) => ({ ...profile, policyRules: index === 0 ? ['ppr1', 'ppr2'] : [] })),
  notifications: [10, 11, 12, 14].map((seqNumber, index) => ({
    seqNumber,
    event: (['enable', 'disable', 'delete', 'install'] as const)[index] ?? 'enable',
    address: index === 2 ? 'smdp.harbour.example' : 'smdp.leb.example',
    iccid: euicc.profiles[0]?.iccid ?? null,
  })),
};

const entry = (seqNumber: number, change: Partial<OutboxEntry>): OutboxEntry => ({
  entryId: `entry-${seqNumber}`,
  eid,
  seqNumber,
  event: 'enable',
  address: 'smdp.leb.example',
  iccid: euicc.profiles[0]?.iccid ?? null,
  state: 'waiting',
  attempts: 0,
  nextAttemptAt: null,
  problem: null,
  takenAt: minutes(-4),
  ...change,
});

/** Of the chip in the reader, and of a card that is not here. */
export const outbox: OutboxEntry[] = [
  entry(9, { state: 'delivered', event: 'install', attempts: 1 }),
  entry(10, {
    attempts: 2,
    nextAttemptAt: minutes(5),
    problem: { code: 'PROFILE_SERVER_UNREACHABLE', details: { server: 'smdp.leb.example' } },
  }),
  entry(11, { event: 'disable' }),
  entry(12, { event: 'delete', address: 'smdp.harbour.example', state: 'sending' }),
  entry(3, { eid: '89033023424520000000008765432198', event: 'delete', nextAttemptAt: minutes(50), attempts: 9, takenAt: minutes(-3000) }),
];

const withReader = (change: Partial<Device>): DevicesSnapshot => ({
  ...allDevices,
  devices: allDevices.devices.map((device) => (device.deviceId === readerId ? { ...device, ...change } : device)),
});

export const talkativeChip = withReader({ euicc: talkative });
export const staleChip = withReader({ euicc: talkative, state: 'reconnecting' });
export const bareChip = withReader({
  euicc: {
    ...euicc,
    eid: '89044045930000000000001492101780',
    manufacturer: null,
    freeMemory: null,
    defaultSmdpAddress: null,
    ciRoots: [],
    profiles: [],
    notifications: [],
  },
});
export const twoElements = withReader({
  euicc: talkative,
  otherEuiccs: [
    {
      ...euicc,
      isdrAid: 'A0000005591010FFFFFFFF8900000177',
      eid: '89044045930000000000001492101886',
      notifications: [],
      profiles: euicc.profiles.slice(1).map((profile) => ({ ...profile, iccid: `${profile.iccid.slice(0, -1)}9` })),
    },
  ],
});
export const severalAtOnce = withReader({
  euicc: {
    ...talkative,
    svn: '3.1.0',
    mep: { mode: 'B' },
    profiles: euicc.profiles.map((profile, index) => ({
      ...profile,
      state: index < 2 ? 'enabled' : 'disabled',
      port: index < 2 ? index : null,
    })),
  },
});

/** Four colours, two pixels wide and high. */
export const icon: Picture = {
  type: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGPgTmkM33yR4UGVhsa0KAAlUQVmiqN1xAAAAABJRU5ErkJggg==',
};
