import { describe, expect, it } from 'vitest';
import type { CardAccess } from '#native/apdu/card-access.ts';
import { DeviceError, type DeviceErrorCode } from '#native/errors.ts';
import type { Euicc, OpenRspEuicc, PendingNotification, ProfileInfo, ProfileSelector, RspEuicc } from '#native/euicc/euicc.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { withCardSession } from './card-session.ts';
import { changeProfile, stepsOf, type ProfileChange } from './profile-steps.ts';

const first = '8944990000000000019';
const second = '8944990000000000027';
const aid = 'A0000005591010FFFFFFFF8900001100';

/** A card that follows SGP.22 §5.7.16 and can be told to misbehave at one command. */
function scriptedCard(options: {
  readonly via: 'reader' | 'modem';
  /** What the nth switch command does; left out: it works. */
  readonly switches?: readonly (DeviceErrorCode | 'works' | 'worksAtReset' | 'worksButAnswerIsLost' | 'saysYesAndDoesNothing')[];
  readonly disablesFormer?: boolean;
  readonly listIsUnreadable?: boolean;
  /** A modem that notices a switch only after a restart. */
  readonly neverNotices?: boolean;
}) {
  const log: string[] = [];
  const states = new Map([
    [first, 'enabled'],
    [second, 'disabled'],
  ] as [string, 'enabled' | 'disabled'][]);
  const script = [...(options.switches ?? [])];
  let pending: (() => void) | null = null;
  const profiles = (): ProfileInfo[] =>
    [...states].map(([iccid, state]) => ({
      iccid,
      isdpAid: iccid === second ? aid : null,
      state,
      nickname: null,
      serviceProviderName: null,
      profileName: 'P',
      profileClass: 'operational',
      owner: null,
      policyRules: [],
      port: null,
    }));
  const change = (name: string, selector: ProfileSelector, flag: boolean, apply: (iccid: string) => void): Promise<void> => {
    const behaviour = script.shift() ?? 'works';
    log.push(`${name} ${'iccid' in selector ? 'iccid' : 'aid'} ${flag ? 'flag' : 'noFlag'}`);
    const iccid = 'iccid' in selector ? selector.iccid : second;
    if (behaviour === 'works' || behaviour === 'worksButAnswerIsLost') apply(iccid);
    if (behaviour === 'worksAtReset') pending = () => apply(iccid);
    if (behaviour === 'works' || behaviour === 'worksAtReset' || behaviour === 'saysYesAndDoesNothing') return Promise.resolve();
    return Promise.reject(new DeviceError(behaviour === 'worksButAnswerIsLost' ? 'AT_TIMEOUT' : behaviour));
  };
  const openEuicc: OpenRspEuicc = () => {
    const information = { svn: '2.5.0', ciKeyIdsForVerification: [], ciKeyIdsForSigning: [] };
    const euicc: Euicc = {
      isdrAid: 'A0000005591010FFFFFFFF8900000100',
      svnFromSelect: null,
      eid: () => Promise.resolve('0'.repeat(32)),
      info1: () => Promise.resolve(information),
      info2: () =>
        Promise.resolve({
          ...information,
          profileVersion: '2.3.1',
          firmwareVersion: '1.0.0',
          installedApplications: null,
          freeNonVolatileMemory: 1000,
          freeVolatileMemory: null,
          uiccCapabilities: [],
          rspCapabilities: [],
          category: null,
          forbiddenPolicyRules: [],
          ppVersion: null,
          sasAccreditationNumber: null,
          globalPlatformVersion: null,
          javaCardVersion: null,
        }),
      configuredAddresses: () => Promise.resolve({ defaultSmdpAddress: null, rootSmdsAddress: '' }),
      profiles: () => Promise.resolve(profiles()),
      enableProfile: (selector, flag) =>
        change('enable', selector, flag, (iccid) => {
          if (options.disablesFormer === false && [...states.values()].includes('enabled'))
            throw new DeviceError('EUICC_REFUSED', { result: 127 });
          for (const other of states.keys()) states.set(other, 'disabled');
          states.set(iccid, 'enabled');
        }),
      disableProfile: (selector, flag) => change('disable', selector, flag, (iccid) => void states.set(iccid, 'disabled')),
      deleteProfile: () => Promise.resolve(),
      setNickname: () => Promise.resolve(),
      notifications: () => Promise.resolve([pendingOne]),
      close: () => Promise.resolve(),
    };
    return Promise.resolve(euicc as RspEuicc);
  };
  const access: CardAccess = {
    via: options.via,
    maxBlock: 255,
    keepBlock: () => undefined,
    openChannel: () => Promise.reject(new DeviceError('CHANNEL_UNAVAILABLE')),
    refresh(goal) {
      pending?.();
      log.push(goal.kind === 'reset' ? 'reset' : 'refresh');
      return Promise.resolve(options.neverNotices === true && goal.kind !== 'reset' ? 'unnoticed' : 'byItself');
    },
    ...(options.via === 'reader' ? {} : { restart: () => Promise.resolve((log.push('restart'), 'restart' as const)) }),
    close: () => Promise.resolve(),
  };
  const steps: string[] = [];
  const record = {
    begin: (step: string) => void steps.push(step),
    skip: (step: string) => void steps.push(`-${step}`),
    note: () => undefined,
  };
  const outbox: Pick<Outbox, 'deliver'> = {
    deliver() {
      log.push('deliver');
      if (options.listIsUnreadable === true) return Promise.reject(new DeviceError('CARD_ANSWER'));
      return Promise.resolve({ deliveries: [], left: [], testRoots: false });
    },
  };
  return {
    log,
    steps,
    states,
    run: (requested: ProfileChange, signal = new AbortController().signal) =>
      withCardSession({ access, openEuicc, isdrAid: requested.isdrAid, guess: null, steps: record, signal }, (session) =>
        changeProfile(session, requested, { known: null, record, signal, outbox }),
      ),
  };
}

const on = { isdrAid: null, refresh: true, notify: false };
const enableSecond: ProfileChange = { kind: 'profile.enable', iccid: second, ...on };
const pendingOne: PendingNotification = { seqNumber: 3, event: 'enable', address: 'a.example', iccid: second };

describe('enable', () => {
  it('in a reader: by ICCID, without the refresh flag, a reading, and a power cycle at the end', async () => {
    const card = scriptedCard({ via: 'reader' });
    const overview = await card.run(enableSecond);
    expect(card.log).toEqual(['enable iccid noFlag', 'refresh']);
    expect(card.steps).toEqual(['openCard', '-disableProfile', 'enableProfile', 'readBack', 'refreshCard']);
    expect(overview.profiles.map(({ state }) => state)).toEqual(['disabled', 'enabled']);
  });

  it('in a modem: with the refresh flag', async () => {
    const card = scriptedCard({ via: 'modem' });
    await card.run(enableSecond);
    expect(card.log).toEqual(['enable iccid flag', 'refresh']);
  });

  it('looks again after the power cycle, when the card shows the switch only then', async () => {
    const card = scriptedCard({ via: 'reader', switches: ['worksAtReset'] });
    await card.run(enableSecond);
    expect(card.log).toEqual(['enable iccid noFlag', 'refresh']);
    expect(card.states.get(second)).toBe('enabled');
  });

  it.each(['reader', 'modem'] as const)('in a %s without a refresh: flag 0 alone, and nothing after it', async (via) => {
    const card = scriptedCard({ via, switches: ['EUICC_REFUSED', 'works'] });
    await card.run({ ...enableSecond, refresh: false });
    expect(card.log).toEqual(['enable iccid noFlag', 'enable aid noFlag']);
    expect(stepsOf({ ...enableSecond, refresh: false }, via === 'modem')).toEqual([
      'openCard',
      'disableProfile',
      'enableProfile',
      'readBack',
    ]);
  });

  it.each([
    ['reader', ['enable iccid noFlag', 'deliver', 'refresh']],
    ['modem', ['enable iccid flag', 'refresh', 'deliver']],
  ] as const)('in a %s tells the servers on the same way to the card, once the switch is proven', async (via, log) => {
    const card = scriptedCard({ via });
    const overview = await card.run({ ...enableSecond, notify: true });
    expect(card.log).toEqual(log);
    expect(card.steps.filter((step) => !step.startsWith('-'))).toEqual(
      stepsOf({ ...enableSecond, notify: true }, via === 'modem').filter((step) => !['disableProfile', 'waitForNetwork'].includes(step)),
    );
    expect(overview.notifications).toEqual([]);
  });

  it('is done although the card cannot give its notifications; they stay listed', async () => {
    const card = scriptedCard({ via: 'reader', listIsUnreadable: true });
    const overview = await card.run({ ...enableSecond, notify: true });
    expect(overview.notifications).toEqual([pendingOne]);
  });

  it('does nothing to another secure element than the one that was meant', async () => {
    const card = scriptedCard({ via: 'reader' });
    await expect(card.run({ ...enableSecond, isdrAid: 'A0000005591010FFFFFFFF8900000200' })).rejects.toMatchObject({
      code: 'NOT_AN_EUICC',
    });
    expect(card.log).toEqual([]);
  });

  it('believes the card and not the answer: a lost answer of a switch that happened is a success', async () => {
    const card = scriptedCard({ via: 'modem', switches: ['worksButAnswerIsLost'] });
    await card.run(enableSecond);
    expect(card.log).toEqual(['enable iccid flag', 'refresh']);
  });

  it('tries the AID, then the other flag, when the card says yes and does nothing', async () => {
    const card = scriptedCard({ via: 'modem', switches: ['saysYesAndDoesNothing', 'EUICC_REFUSED', 'works'] });
    await card.run(enableSecond);
    expect(card.log).toEqual(['enable iccid flag', 'refresh', 'enable aid flag', 'enable iccid noFlag', 'refresh']);
  });

  it('fails with what the card does, when it never does it', async () => {
    const card = scriptedCard({ via: 'reader', switches: Array.from({ length: 4 }, () => 'saysYesAndDoesNothing' as const) });
    await expect(card.run(enableSecond)).rejects.toMatchObject({ code: 'EUICC_REFUSED', details: { result: 'unchanged' } });
    expect(card.log.filter((entry) => entry.startsWith('enable'))).toHaveLength(4);
  });

  it('resets a card whose toolkit session is busy and asks again', async () => {
    const card = scriptedCard({ via: 'modem', switches: ['CAT_BUSY', 'works'] });
    await card.run(enableSecond);
    expect(card.log).toEqual(['enable iccid flag', 'reset', 'enable iccid flag', 'refresh']);
  });

  it('restarts a modem that notices a switch in no gentler way', async () => {
    const card = scriptedCard({ via: 'modem', neverNotices: true });
    await card.run(enableSecond);
    expect(card.log).toEqual(['enable iccid flag', 'refresh', 'restart']);
  });

  it('restarts no modem for a card that has said yes and done nothing', async () => {
    const card = scriptedCard({ via: 'modem', neverNotices: true, switches: ['saysYesAndDoesNothing', 'works'] });
    await card.run(enableSecond);
    expect(card.log).toEqual(['enable iccid flag', 'refresh', 'enable aid flag', 'refresh', 'restart']);
  });

  it('gives a card up that stays busy, after some resets', async () => {
    const card = scriptedCard({ via: 'reader', switches: Array.from({ length: 20 }, () => 'CAT_BUSY' as const) });
    await expect(card.run(enableSecond)).rejects.toMatchObject({ code: 'CAT_BUSY' });
    expect(card.log.filter((entry) => !entry.startsWith('enable'))).toHaveLength(7);
  });

  it('disables the former profile first where the card wants that', async () => {
    const card = scriptedCard({ via: 'reader', disablesFormer: false });
    await card.run(enableSecond);
    expect(card.log.filter((entry) => entry !== 'refresh').slice(-2)).toEqual(['disable iccid noFlag', 'enable iccid noFlag']);
    expect(card.states.get(second)).toBe('enabled');
  });

  it('enables the former profile again where the new one cannot be enabled even then', async () => {
    const refusals = Array.from({ length: 4 }, () => 'EUICC_REFUSED' as const);
    const card = scriptedCard({ via: 'reader', switches: [...refusals, 'works', ...refusals] });
    await expect(card.run(enableSecond)).rejects.toMatchObject({ code: 'EUICC_REFUSED' });
    expect(card.states.get(first)).toBe('enabled');
  });

  it.each<DeviceErrorCode>(['PROFILE_POLICY', 'CARD_REMOVED', 'PORT_CLOSED'])('does not go on after %s', async (code) => {
    const card = scriptedCard({ via: 'reader', switches: [code] });
    await expect(card.run(enableSecond)).rejects.toMatchObject({ code });
    expect(card.log).toEqual(['enable iccid noFlag']);
  });

  it('says that the profile is enabled already, or not there, without touching anything', async () => {
    const card = scriptedCard({ via: 'reader' });
    await expect(card.run({ ...enableSecond, iccid: first })).rejects.toMatchObject({ code: 'PROFILE_NOT_DISABLED' });
    await expect(card.run({ ...enableSecond, iccid: '8944990000000000035' })).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' });
    expect(card.log).toEqual([]);
  });

  it('can be cancelled before anything is changed', async () => {
    const card = scriptedCard({ via: 'reader' });
    await expect(card.run(enableSecond, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(card.log).toEqual([]);
  });

  it('takes a reader that is found empty in the middle for a card that was pulled', async () => {
    const card = scriptedCard({ via: 'reader', switches: ['NO_CARD'] });
    await expect(card.run(enableSecond)).rejects.toMatchObject({ code: 'CARD_REMOVED' });
  });
});

describe('delete and rename', () => {
  it('are believed only when the reading shows them', async () => {
    const card = scriptedCard({ via: 'reader' });
    await expect(card.run({ kind: 'profile.delete', iccid: second, disableFirst: false, ...on })).rejects.toMatchObject({
      details: { result: 'unchanged' },
    });
    await expect(card.run({ kind: 'profile.rename', iccid: second, nickname: 'N', isdrAid: null })).rejects.toMatchObject({
      details: { result: 'unchanged' },
    });
  });

  it('asks for consent before an enabled profile is disabled', async () => {
    const card = scriptedCard({ via: 'reader' });
    await expect(card.run({ kind: 'profile.delete', iccid: first, disableFirst: false, ...on })).rejects.toMatchObject({
      code: 'PROFILE_NOT_DISABLED',
    });
    expect(card.log).toEqual([]);
  });
});
