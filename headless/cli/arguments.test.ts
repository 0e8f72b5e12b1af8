import { describe, expect, it } from 'vitest';
import type { Profile } from '#contract/desk/devices.ts';
import { readArguments } from './command-kit.ts';
import { findProfile } from './find-profile.ts';
import { UsageError } from './usage-error.ts';
import { createWords } from './words.ts';

const words = createWords('en');

function profile(iccid: string, nickname: string | null, profileName: string): Profile {
  return {
    iccid,
    isdpAid: `A0000005591010FFFFFFFF89000010${iccid.slice(-2)}00`,
    state: 'disabled',
    nickname,
    serviceProviderName: 'LEB',
    profileName,
    profileClass: 'operational',
    ownerMccMnc: null,
    policyRules: [],
    port: null,
  };
}

describe('arguments', () => {
  it.each<[string, string[], string | null, string | null, string[]]>([
    ['[DEVICE] PROFILE', ['pcsc:A B', 'work'], 'pcsc:A B', 'work', []],
    ['[DEVICE] PROFILE', ['work'], null, 'work', []],
    ['[DEVICE]', [], null, null, []],
    ['[DEVICE] COMMAND…', ['serial:/dev/ttyUSB2', 'ATI', 'AT'], 'serial:/dev/ttyUSB2', null, ['ATI', 'AT']],
    ['[DEVICE] COMMAND…', ['ATI', 'AT'], null, null, ['ATI', 'AT']],
  ])('reads %s from %j', (pattern, typed, device, profile, rest) => {
    const read = readArguments(pattern, typed, words);
    expect([read.given('DEVICE'), read.given('PROFILE'), read.rest]).toEqual([device, profile, rest]);
  });

  it.each<[string, string[]]>([
    ['[DEVICE] PROFILE', []],
    ['[DEVICE] PROFILE', ['pcsc:A']],
    ['[DEVICE]', ['no prefix']],
    ['[DEVICE] COMMAND…', ['serial:/dev/ttyUSB2']],
    ['', ['more']],
  ])('refuses %s from %j', (pattern, typed) => {
    expect(() => readArguments(pattern, typed, words)).toThrow(UsageError);
  });
});

describe('a profile by what a person calls it', () => {
  const work = profile('8944990000000000011', 'Work', 'Personal');
  const home = profile('8944990000000000022', 'work', 'Personal');

  it.each([
    ['8944990000000000022', home],
    [work.isdpAid?.toLowerCase() ?? '', work],
    ['Work', work],
    ['work', home],
  ])('finds %s', (given, found) => expect(findProfile([work, home], given)).toBe(found));

  it.each([
    ['Personal', 'PROFILE_AMBIGUOUS'],
    ['WORK', 'PROFILE_AMBIGUOUS'],
    ['Travel', 'PROFILE_NOT_FOUND'],
  ])('does not guess at %s', (given, code) => {
    expect(() => findProfile([work, home], given)).toThrow(expect.objectContaining({ code }));
  });
});
