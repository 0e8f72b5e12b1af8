import { LebError } from '#contract/errors.ts';
import { DeviceError, isDeviceError } from '#native/errors.ts';
import type { Modem } from '#native/modem/modem.ts';
import { pause } from '../clock.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import { toModemStatus } from '../devices/modem-reading.ts';
import type { Job } from '../tasks/job.ts';
import { openModemOf } from './modem-functions.ts';

/** Some modems leave their bus only after most of a minute. */
const staysAtMost = 60_000;
const backAgainWithin = 150_000;
const lookEvery = 250;

/** Restarts a modem and waits until it is there again. */
export function restartJob(device: ManagedDevice): Job {
  const before = openModemOf(device);
  return {
    kind: 'modem.restart',
    iccid: null,
    profileName: null,
    nickname: null,
    steps: ['restartModem', 'waitForModem'],
    async run({ record, signal }) {
      record.begin('restartModem');
      await before.services.restart();
      record.begin('waitForModem');
      record.note({ cancellable: true });
      const after = await backAgain(device, before, signal);
      return toModemStatus(after.identity, await after.status());
    },
  };
}

/** The modem that speaks after the restart: over a port opened anew, or over one that never closed. @throws DeviceError PORT_CLOSED, CANCELLED */
async function backAgain(device: ManagedDevice, before: Modem, signal: AbortSignal): Promise<Modem> {
  const begun = performance.now();
  while (performance.now() - begun < backAgainWithin) {
    if (!(await pause(lookEvery, signal))) throw new DeviceError('CANCELLED');
    const now = openNow(device);
    if (now !== null && (now !== before || performance.now() - begun > staysAtMost)) return now;
  }
  throw new DeviceError('PORT_CLOSED', { deviceId: device.deviceId });
}

function openNow(device: ManagedDevice): Modem | null {
  try {
    return device.modem();
  } catch (error) {
    if (isDeviceError(error) || error instanceof LebError) return null;
    throw error;
  }
}
