import { describe, expect, test } from 'vitest';
import type { Line } from '#contract/account/index.ts';
import type { AccountSnapshot } from '#contract/desk/account.ts';
import type { Device, EuiccOverview, ModemStatus, Profile } from '#contract/desk/devices.ts';
import { checkLine, profileName } from './line-check.ts';

const iccid = '8944990000004821602';
const line = { lineId: 'l1', iccid, state: 'active' } as Line;
const account = { asOf: '2026-05-14T10:32:00.000Z' } as AccountSnapshot;
const profile = (state: Profile['state'], of = iccid): Profile => ({
  iccid: of,
  isdpAid: null,
  state,
  nickname: null,
  serviceProviderName: 'LEB',
  profileName: 'LEB Europe',
  profileClass: 'operational',
  ownerMccMnc: null,
  policyRules: [],
  port: null,
});
const device = (change: Partial<Device>): Device => ({
  deviceId: 'pcsc:reader',
  kind: 'reader',
  name: 'Reader',
  virtual: false,
  state: 'ready',
  busyTaskId: null,
  ladder: [],
  euicc: null,
  modem: null,
  otherEuiccs: [],
  seenAt: '2026-05-14T10:32:00.000Z',
  ...change,
});
const chipWith = (...profiles: Profile[]): EuiccOverview => ({ profiles, readAt: '2026-05-14T10:30:00.000Z' }) as EuiccOverview;
const withProfiles = (...profiles: Profile[]): Partial<Device> => ({ euicc: chipWith(...profiles) });
const withModem = (state: ModemStatus['registration']['state'], of = iccid): Partial<Device> => ({
  modem: { iccid: of, registration: { state } } as ModemStatus,
});

describe('chip', () => {
  test.each<[string, Partial<Device>[], string]>([
    ['no device', [], 'noDevice'],
    ['a reader without a chip', [{}], 'noDevice'],
    ['another chip', [withProfiles(profile('enabled', '8944990000000000000'))], 'notFound'],
    ['disabled', [withProfiles(profile('disabled'))], 'disabled'],
    ['enabled', [withProfiles(profile('enabled'))], 'enabled'],
    ['disabled here, enabled there', [withProfiles(profile('disabled')), withProfiles(profile('enabled'))], 'enabled'],
    [
      'enabled on the second chip of a card',
      [{ ...withProfiles(profile('disabled')), otherEuiccs: [chipWith(profile('enabled'))] }],
      'enabled',
    ],
    ['unplugged', [{ ...withProfiles(profile('enabled')), state: 'ghost' }], 'noDevice'],
  ])('%s', (_, devices, state) => {
    expect(checkLine(line, account, devices.map(device)).chip.state).toBe(state);
  });
});

describe('network', () => {
  test.each<[string, Partial<Device>[], string]>([
    ['no modem', [], 'noModem'],
    ['at home', [withModem('home')], 'registered'],
    ['roaming', [withModem('roaming')], 'registered'],
    ['searching', [withModem('searching')], 'searching'],
    ['refused', [withModem('denied')], 'denied'],
    ['another line in the modem', [withModem('home', '8944990000000000000')], 'otherProfile'],
    ['the second modem has it', [withModem('home', '8944990000000000000'), withModem('roaming')], 'registered'],
  ])('%s', (_, devices, state) => {
    expect(checkLine(line, account, devices.map(device)).network.state).toBe(state);
  });
});

test('a profile is called what the person calls it, else what its operator does, else by its number', () => {
  expect(profileName({ ...profile('enabled'), nickname: 'Work' })).toBe('Work');
  expect(profileName({ ...profile('enabled'), nickname: '  ' })).toBe('LEB Europe');
  expect(profileName({ ...profile('enabled'), profileName: null })).toBe('LEB');
  expect(profileName({ ...profile('enabled'), profileName: null, serviceProviderName: null })).toBe('…4821602');
});
