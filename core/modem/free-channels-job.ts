import { LebError } from '#contract/errors.ts';
import type { CardAccess } from '#native/apdu/card-access.ts';
import { isDeviceError } from '#native/errors.ts';
import type { OpenRspEuicc, RspEuicc } from '#native/euicc/euicc.ts';
import { readOverview } from '../devices/euicc-overview.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { Job, JobTools } from '../tasks/job.ts';

/**
 * Frees the channels of the card in a modem that programs have left open, whoever they were; the person has confirmed that. Where closing them does not
 * help, the card begins anew, and then the modem.
 * @throws LebError DEVICE_UNSUITABLE for a reader, whose card nobody else has
 */
export function freeChannelsJob(device: ManagedDevice, { openEuicc }: { readonly openEuicc: OpenRspEuicc }): Job {
  if (device.kind !== 'modem') throw new LebError('DEVICE_UNSUITABLE', { deviceId: device.deviceId });
  return {
    kind: 'modem.freeChannels',
    iccid: null,
    profileName: null,
    nickname: null,
    steps: ['freeChannels', 'refreshCard', 'restartModem', 'readBack'],
    run: ({ record, signal }) =>
      device.useCard(async (access) => {
        record.begin('freeChannels');
        await access.freeChannels?.();
        const euicc = await openAfterAll(access, openEuicc, record);
        try {
          record.begin('readBack');
          device.keepReading(await readOverview(euicc));
          return null;
        } finally {
          await euicc.close();
        }
      }, signal),
  };
}

async function openAfterAll(access: CardAccess, openEuicc: OpenRspEuicc, record: JobTools['record']): Promise<RspEuicc> {
  for (const step of ['refreshCard', 'restartModem'] as const) {
    try {
      const euicc = await openEuicc(access);
      record.skip(step);
      record.skip('restartModem');
      return euicc;
    } catch (error) {
      if (!isDeviceError(error) || error.code !== 'CHANNEL_UNAVAILABLE') throw error;
    }
    record.begin(step);
    await (step === 'refreshCard' ? access.refresh({ kind: 'reset' }) : access.restart?.({ kind: 'reset' }));
  }
  return openEuicc(access);
}
