import { describe, expect, it } from 'vitest';
import type { Order } from '#contract/account/index.ts';
import type { Device, EuiccOverview, ModemStatus } from '#contract/desk/devices.ts';
import { buildChain } from './chain.ts';
import { phaseOf } from './phase.ts';

const iccid = '8944990000000000019';
const at = '2026-05-01T10:00:00.000Z';

const openOrder: Order = {
  orderId: 'o1',
  number: 'LEB-26-000001',
  lineId: 'l1',
  state: 'open',
  quote: {
    lineId: 'l1',
    planId: 'p1',
    period: 'month',
    months: 1,
    total: { amountMinor: 1490, currency: 'EUR' },
    perMonth: { amountMinor: 1490, currency: 'EUR' },
    savingPercent: 0,
    currentEnd: null,
    newEnd: at,
    added: { dataBytes: 1, voiceMinutes: 1, smsCount: null },
    listPrice: { amountMinor: 1490, currency: 'EUR' },
    promotion: null,
    taxIncluded: { amountMinor: 238, currency: 'EUR' },
    taxPercent: 19,
  },
  attempt: 1,
  lastFailure: null,
  paymentMethod: null,
  createdAt: at,
  expiresAt: at,
  paidAt: null,
  fulfilledAt: null,
  verifiedAt: null,
  before: { validUntil: at, dataLeft: 5, voiceLeft: 6 },
  after: null,
  messages: [],
};
const verified: Order = {
  ...openOrder,
  state: 'verified',
  paidAt: at,
  verifiedAt: at,
  after: { validUntil: '2026-06-01T10:00:00.000Z', dataLeft: 10, voiceLeft: 12 },
};

function device(change: Partial<Device>): Device {
  return {
    deviceId: 'pcsc:R',
    kind: 'reader',
    name: 'R',
    virtual: false,
    state: 'ready',
    busyTaskId: null,
    ladder: [],
    euicc: null,
    otherEuiccs: [],
    modem: null,
    seenAt: at,
    ...change,
  };
}

function euiccWith(state: 'enabled' | 'disabled'): EuiccOverview {
  return {
    eid: '0'.repeat(32),
    isdrAid: 'A0',
    svn: '2.5.0',
    firmwareVersion: '1',
    freeMemory: null,
    defaultSmdpAddress: null,
    rootSmdsAddress: '',
    ciRoots: [],
    manufacturer: null,
    product: null,
    mep: null,
    sasAccreditationNumber: null,
    uiccCapabilities: [],
    rspCapabilities: [],
    profiles: [
      {
        iccid,
        isdpAid: null,
        state,
        nickname: null,
        serviceProviderName: 'LEB',
        profileName: 'P',
        profileClass: 'operational',
        ownerMccMnc: null,
        policyRules: [],
        port: null,
      },
    ],
    notifications: [],
    readAt: at,
  };
}

function modemWith(registration: ModemStatus['registration']['state'], simIccid = iccid): ModemStatus {
  return {
    manufacturer: null,
    model: null,
    revision: null,
    imei: null,
    sim: 'ready',
    iccid: simIccid,
    imsi: null,
    registration: { state: registration, technology: 'eutran', areaCode: null, cellId: null },
    operator: { name: 'Net', mccMnc: '00101' },
    signal: null,
    readAt: at,
  };
}

const build = (order: Order, devices: readonly Device[], known: string | null = iccid) =>
  buildChain({ order, phase: phaseOf(order, null), iccid: known, line: null, devices });
const states = ({ chain }: ReturnType<typeof build>) => [chain.account.state, chain.carrier.state, chain.chip.state, chain.network.state];

describe('chain of a renewal', () => {
  it('is proven only by what each node saw itself', () => {
    const modem = device({ deviceId: 'serial:M', kind: 'modem', euicc: euiccWith('enabled'), modem: modemWith('roaming') });
    const built = build(verified, [modem]);
    expect(states(built)).toEqual(['proven', 'proven', 'proven', 'proven']);
    expect(built.device).toEqual({ deviceId: 'serial:M', iccid });
    expect(built.chain.network.evidence).toMatchObject({ operator: 'Net', registration: 'roaming', technology: 'eutran' });
  });

  it.each<[Order['state'], string[]]>([
    ['open', ['waiting', 'waiting']],
    ['paid', ['proven', 'waiting']],
    ['fulfilled', ['proven', 'waiting']],
    ['verified', ['proven', 'proven']],
    ['cancelled', ['notApplicable', 'notApplicable']],
    ['expired', ['notApplicable', 'notApplicable']],
    ['refunded', ['failed', 'failed']],
  ])('follows an order that is %s', (state, expected) => {
    expect(states(build({ ...verified, state }, [])).slice(0, 2)).toEqual(expected);
  });

  it('knows nothing of chip and network without a device that holds the line', () => {
    const built = build(verified, [device({ euicc: { ...euiccWith('enabled'), profiles: [] } })]);
    expect(states(built).slice(2)).toEqual(['unknown', 'unknown']);
    expect(built.device).toBeNull();
    expect(built.chain.chip.evidence).toEqual({});
  });

  it('says that it is still reading', () => {
    expect(build(verified, [device({ state: 'reading' })]).chain.chip.evidence).toEqual({ reason: 'reading' });
  });

  it('does not believe a ghost', () => {
    expect(states(build(verified, [device({ state: 'ghost', euicc: euiccWith('enabled') })])).slice(2)).toEqual(['unknown', 'unknown']);
  });

  it('has no network to show for a card in a reader', () => {
    expect(states(build(verified, [device({ euicc: euiccWith('enabled') })])).slice(2)).toEqual(['proven', 'notApplicable']);
  });

  it('waits for the person where the profile is there but not enabled', () => {
    const { chip } = build(verified, [device({ euicc: euiccWith('disabled') })]).chain;
    expect(chip).toMatchObject({ state: 'waiting', problem: { code: 'PROFILE_NOT_ENABLED' } });
  });

  it('does not take another SIM’s registration for this line’s', () => {
    const modem = device({ kind: 'modem', euicc: euiccWith('disabled'), modem: modemWith('home', '8944990000000000027') });
    expect(states(build(verified, [modem])).slice(2)).toEqual(['waiting', 'waiting']);
  });

  it.each<[ModemStatus['registration']['state'], string]>([
    ['home', 'proven'],
    ['searching', 'waiting'],
    ['denied', 'failed'],
    ['emergencyOnly', 'failed'],
  ])('takes a registration %s as %s', (registration, expected) => {
    expect(build(verified, [device({ kind: 'modem', modem: modemWith(registration) })]).chain.network.state).toBe(expected);
  });
});

describe('phase', () => {
  const failure = { reason: 'declined', at } as const;
  it('shows a failure until the page is opened again', () => {
    const order: Order = { ...openOrder, lastFailure: failure };
    expect(phaseOf(openOrder, null)).toBe('waiting');
    expect(phaseOf(order, null)).toBe('failed');
    expect(phaseOf(order, at)).toBe('waiting');
    expect(phaseOf({ ...order, lastFailure: { ...failure, at: '2026-05-01T10:01:00.000Z' } }, at)).toBe('failed');
  });
});
