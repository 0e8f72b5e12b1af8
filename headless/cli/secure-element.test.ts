import { describe, expect, it } from 'vitest';
import type { Device, EuiccOverview, Profile } from '#contract/desk/devices.ts';
import { euiccsOf, locateProfile, onEuicc } from './secure-element.ts';
import { UsageError } from './usage-error.ts';
import { createWords } from './words.ts';

const words = createWords('en');
const profile = (iccid: string, profileName: string): Profile => ({ iccid, profileName, nickname: null, isdpAid: null }) as Profile;
const euicc = (eid: string, isdrAid: string, ...profiles: Profile[]): EuiccOverview => ({ eid, isdrAid, profiles }) as EuiccOverview;
const first = euicc('89044900000000000000000000000181', 'A0000005591010FFFFFFFF8900000100', profile('8944990000000000011', 'Asia'));
const second = euicc(
  '89044900000000000000000000000278',
  'A06573746B6D65FFFFFFFF4953442D52',
  profile('8944990000000000029', 'Pacific'),
  profile('8944990000000000011', 'Asia'),
);
const device = { deviceId: 'pcsc:A', euicc: first, otherEuiccs: [second] } as unknown as Device;
const plain = { ...device, otherEuiccs: [] };

describe('the secure elements of a card', () => {
  it.each([
    ['1', [first]],
    ['2', [second]],
    [second.eid, [second]],
    [second.isdrAid.toLowerCase(), [second]],
    [null, [first, second]],
  ])('finds %s', (given, found) => expect(euiccsOf(words, device, given)).toEqual(found));

  it.each(['0', '3', 'A0', ''])('says which there are instead of “%s”', (given) => {
    expect(() => euiccsOf(words, device, given)).toThrow(UsageError);
    expect(() => euiccsOf(words, device, given)).toThrow(second.eid);
  });

  it('names the element only where there are several', () => {
    expect(onEuicc(device, second)).toEqual({ deviceId: 'pcsc:A', isdrAid: second.isdrAid });
    expect(onEuicc(plain, first)).toEqual({ deviceId: 'pcsc:A' });
  });

  it('finds a profile wherever it is, and does not guess between two', () => {
    expect(locateProfile([first, second], 'pacific').euicc).toBe(second);
    expect(locateProfile([second], 'Asia').profile).toBe(second.profiles[1]);
    expect(() => locateProfile([first, second], '8944990000000000011')).toThrow(expect.objectContaining({ code: 'PROFILE_AMBIGUOUS' }));
  });
});
