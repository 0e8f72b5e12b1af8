import type { StepName, TaskKind } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { Modem } from '#native/modem/modem.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import { untilModemReturns } from '../devices/modem-return.ts';
import { toModemStatus } from '../devices/modem-reading.ts';
import type { Job } from '../tasks/job.ts';
import { openModemOf } from './modem-functions.ts';

/** Restarts a modem and waits until it is there again. */
export function restartJob(device: ManagedDevice): Job {
  return startingAnew(device, 'modem.restart', 'restartModem', (modem) => modem.services.restart());
}

/**
 * Puts every setting back to what the maker shipped, which ends in a restart. `imei` is what the person has confirmed.
 * @throws LebError INPUT_INVALID where it is another modem's
 */
export function factoryResetJob(device: ManagedDevice, imei: string): Job {
  if (openModemOf(device).identity.imei !== imei) throw new LebError('INPUT_INVALID', { field: 'imei' });
  return startingAnew(device, 'modem.factoryReset', 'resetSettings', (modem) => modem.services.factoryReset());
}

function startingAnew(device: ManagedDevice, kind: TaskKind, step: StepName, order: (modem: Modem) => Promise<void>): Job {
  const before = openModemOf(device);
  return {
    kind,
    iccid: null,
    profileName: null,
    nickname: null,
    steps: [step, 'waitForModem'],
    async run({ record, signal }) {
      record.begin(step);
      await order(before);
      record.begin('waitForModem');
      record.note({ cancellable: true });
      const after = await untilModemReturns(() => device.modem(), before, signal);
      return toModemStatus(after.identity, await after.status());
    },
  };
}
