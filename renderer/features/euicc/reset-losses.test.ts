import { expect, test } from 'vitest';
import type { Profile } from '#contract/desk/devices.ts';
import { confirmationOf, profilesLost, resetChoices } from './reset-losses.ts';

const profile = (iccid: string, profileClass: Profile['profileClass']): Profile => ({ iccid, profileClass }) as Profile;
const profiles = [profile('1', 'operational'), profile('2', 'test'), profile('3', 'provisioning'), profile('4', 'operational')];

test('each choice takes its own class of profiles, and a provisioning profile stays', () => {
  expect(resetChoices.map((choice) => profilesLost({ profiles }, choice).map(({ iccid }) => iccid))).toEqual([['1', '4'], ['2'], []]);
});

test('the end of the EID confirms', () => {
  expect(confirmationOf('89049032004008826000318000017225')).toBe('7225');
});
