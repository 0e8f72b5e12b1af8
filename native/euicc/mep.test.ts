import { expect, it } from 'vitest';
import type { ProfileInfo } from './euicc.ts';
import { readMep } from './mep.ts';
import { hexToBytes } from './tlv/hex.ts';

function profileOn(port: number | null): ProfileInfo {
  return {
    iccid: '8944990000004821784',
    isdpAid: null,
    state: port === null ? 'disabled' : 'enabled',
    nickname: null,
    serviceProviderName: null,
    profileName: null,
    profileClass: 'operational',
    owner: null,
    policyRules: [],
    port,
  };
}

it.each([
  ['3B9F96801FC78031A073BE21136743200718000001A5', 'a card without ports', null],
  ['3B9F96803FC7828031A073BE2113674320071800000107', 'an eUICC without ports', null],
  ['3B9F96803FC7838031A073BE2113674320071800000106', 'an eUICC with ports', { mode: null }],
  ['3B9F96803FC781', 'ports', { mode: null }],
  ['3B00', 'hardly anything', null],
  ['3B', 'nothing', null],
  ['3BFF', 'one that stops', null],
])('%s is the answer to reset of %s', (atr, _name, expected) => {
  expect(readMep(hexToBytes(atr), [])).toEqual(expected);
});

it('believes a profile that is on a port', () => {
  expect(readMep(null, [profileOn(null)])).toBeNull();
  expect(readMep(null, [profileOn(null), profileOn(2)])).toEqual({ mode: null });
  expect(readMep(hexToBytes('3B00'), [profileOn(1), profileOn(0)])).toEqual({ mode: 'B' });
});
