import { expect, test } from 'vitest';
import type { Device, EuiccOverview } from '#contract/desk/devices.ts';
import { chipAddress, chipKey, chipsOf } from './chips.ts';

const euicc = (isdrAid: string): EuiccOverview => ({ isdrAid }) as EuiccOverview;
const device = (deviceId: string, change: Partial<Device>): Device =>
  ({ deviceId, state: 'ready', euicc: null, otherEuiccs: [], ...change }) as Device;
const one = device('pcsc:one', { euicc: euicc('A1') });
const two = device('pcsc:two', { euicc: euicc('A1'), otherEuiccs: [euicc('A2')] });

test('every secure element that is here is a chip of its own', () => {
  const chips = chipsOf({
    transports: [],
    devices: [one, two, device('pcsc:empty', {}), device('pcsc:gone', { euicc: euicc('A1'), state: 'ghost' })],
  });
  expect(chips.map(chipKey)).toEqual(['pcsc:one A1', 'pcsc:two A1', 'pcsc:two A2']);
});

test('only a card with several chips needs to be told which one', () => {
  expect(chipAddress({ device: one, euicc: euicc('A1') })).toEqual({ deviceId: 'pcsc:one' });
  expect(chipAddress({ device: two, euicc: euicc('A2') })).toEqual({ deviceId: 'pcsc:two', isdrAid: 'A2' });
});
