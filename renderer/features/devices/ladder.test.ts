import { expect, test } from 'vitest';
import type { Device, Rung } from '#contract/desk/devices.ts';
import { devicesOfKind, devicesThatNeedAttention, firstUnmet, portName } from './ladder.ts';

const rung = (name: Rung['name'], state: Rung['state']): Rung => ({ name, state, evidence: null, problem: null });
const device = (deviceId: string, kind: Device['kind'], state: Device['state']): Device => ({ deviceId, kind, state }) as Device;

test('the first unmet rung counts from one; a ladder that is being climbed has none', () => {
  const ladder = [rung('port', 'met'), rung('permission', 'unmet'), rung('answers', 'notReached')];
  expect(firstUnmet(ladder)).toEqual({ rung: ladder[1], step: 2, steps: 3 });
  expect(firstUnmet([rung('port', 'met'), rung('answers', 'checking')])).toBeNull();
});

test('unplugged devices stand at the end of their list and wait for nobody', () => {
  const snapshot = {
    devices: [
      device('a', 'reader', 'ghost'),
      device('b', 'modem', 'blocked'),
      device('c', 'reader', 'empty'),
      device('d', 'reader', 'ready'),
    ],
    transports: [],
  };
  expect(devicesOfKind(snapshot, 'reader').map(({ deviceId }) => deviceId)).toEqual(['c', 'd', 'a']);
  expect(devicesThatNeedAttention(snapshot)).toBe(1);
});

test.each([
  ['serial:/dev/ttyUSB2', 'ttyUSB2'],
  ['pcsc:Virtual PCD 00 00', 'Virtual PCD 00 00'],
  ['serial:COM3', 'COM3'],
])('%s is called %s', (deviceId, name) => {
  expect(portName(deviceId)).toBe(name);
});
