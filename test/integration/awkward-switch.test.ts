import { afterEach, describe, expect, it } from 'vitest';
import { withCardSession } from '#core/tasks/card-session.ts';
import { changeProfile, type ProfileChange } from '#core/tasks/profile-steps.ts';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import type { EuiccOverview } from '#contract/desk/devices.ts';
import { createVirtualHardware, type VirtualHardware } from '#simulator/hardware.ts';
import { countExchanges, type Exchanges } from '../support/count-exchanges.ts';

/** Every way in which a simulated card is awkward, and a switch on it that works. */
const signal = new AbortController().signal;
const record = { begin: () => undefined, skip: () => undefined, note: () => undefined };
const outbox = { deliver: () => Promise.reject(new Error('nobody asked for it')) };

let hardware: VirtualHardware;
let exchanges: Exchanges;
afterEach(() => hardware.close());

async function change(kind: 'profile.enable' | 'profile.disable', iccid: string, isdrAid: string | null = null): Promise<EuiccOverview> {
  const [reader = ''] = hardware.controls.cards.keys();
  const counted = countExchanges(hardware.cardTransport);
  ({ exchanges } = counted);
  const connection = await counted.transport.connect(reader);
  const access = createReaderAccess(connection);
  const wanted: ProfileChange = { kind, iccid, isdrAid, refresh: true, notify: false };
  try {
    return await withCardSession({ access, openEuicc, isdrAid, guess: null, steps: record, signal }, (session) =>
      changeProfile(session, wanted, { known: null, record, signal, outbox }),
    );
  } finally {
    await access.close();
    await connection.close();
  }
}

async function read(isdrAid: string | null = null): Promise<EuiccOverview> {
  const [reader = ''] = hardware.controls.cards.keys();
  const connection = await hardware.cardTransport.connect(reader);
  const access = createReaderAccess(connection);
  try {
    return await withCardSession({ access, openEuicc, isdrAid, guess: null, steps: record, signal }, (session) => session.readOverview());
  } finally {
    await access.close();
    await connection.close();
  }
}

const identifiers = ['only-iccid', 'only-aid'];
const flags = ['only-refresh', 'only-no-refresh'];
const refusals = ['', '+silent', '+says-not-found', '+says-6a80'];
const ladder = [...identifiers, ...flags, ...identifiers.flatMap((identifier) => flags.map((flag) => `${identifier}+${flag}`))].flatMap(
  (kind) => refusals.map((refusal) => kind + refusal),
);
const others = [
  'normal',
  'cat-busy=1',
  'cat-busy',
  'short-iccid',
  'stale-channel',
  'stale-own-channel',
  'high-channels',
  'high-channels=19',
  'short-block',
  'short-block=63',
  'strict-tags',
  'two-se',
  'mep',
  'mep-a2',
  'mep-b',
  't1',
  'only-aid+only-refresh+cat-busy=1+t1+short-block=63',
];

describe.each([...ladder, ...others])('a card that is %s', (kind) => {
  it('takes a switch, and the way back', async () => {
    hardware = createVirtualHardware({ stateDir: null, cards: kind });
    const { profiles } = await read();
    const first = profiles.find(({ state }) => state === 'enabled');
    const second = profiles.find(({ state, profileClass }) => state === 'disabled' && profileClass === 'operational');
    if (first === undefined || second === undefined) expect.fail('the card has two profiles');
    for (const { iccid } of [second, first]) {
      const before = (await read()).profiles.find((one) => one.iccid === iccid);
      if (before?.state === 'enabled') await change('profile.disable', iccid);
      const after = await change('profile.enable', iccid);
      expect(after.profiles.find((one) => one.iccid === iccid)?.state).toBe('enabled');
      expect((await read()).profiles.find((one) => one.iccid === iccid)?.state).toBe('enabled');
      expect(exchanges.powerUps).toBeLessThanOrEqual(6);
    }
  });
});

it('changes the secure element that was meant', async () => {
  hardware = createVirtualHardware({ stateDir: null, cards: 'two-se' });
  const first = await read();
  const isdrAid = 'A06573746B6D65FFFF4953442D522031';
  const second = await read(isdrAid);
  expect(second.eid).not.toBe(first.eid);
  const target = second.profiles.find(({ state }) => state === 'disabled');
  if (target === undefined) expect.fail('the second secure element has a profile that is disabled');
  const after = await change('profile.enable', target.iccid, isdrAid);
  expect(after).toMatchObject({ eid: second.eid, isdrAid });
  expect(await read()).toMatchObject({ eid: first.eid, profiles: first.profiles });
});
