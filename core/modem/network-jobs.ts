import type { ManagedDevice } from '../devices/managed-device.ts';
import { toModemStatus } from '../devices/modem-reading.ts';
import type { Job } from '../tasks/job.ts';
import { openModemOf } from './modem-functions.ts';

/** A modem that is refused by one network may take minutes to find another. */
const registrationDeadline = 180_000;

const onNoProfile = { iccid: null, profileName: null, nickname: null } as const;

/** Looks for the networks in reach. */
export function scanJob(device: ManagedDevice): Job {
  const modem = openModemOf(device);
  return {
    kind: 'modem.scan',
    ...onNoProfile,
    steps: ['scanNetworks'],
    async run({ record, signal }) {
      record.begin('scanNetworks');
      const networks = await modem.services.networks.scan(signal);
      record.note({ networks: networks.map((network) => ({ ...network })) });
      return null;
    },
  };
}

/** Has the modem take a network, or choose by itself (null), and waits for it. */
export function selectNetworkJob(device: ManagedDevice, mccMnc: string | null): Job {
  const modem = openModemOf(device);
  return {
    kind: 'modem.selectNetwork',
    ...onNoProfile,
    steps: ['selectNetwork', 'waitForNetwork'],
    async run({ record, signal }) {
      record.begin('selectNetwork');
      const status = await modem.services.networks.select(mccMnc, {
        timeoutMs: registrationDeadline,
        signal,
        selected: () => record.begin('waitForNetwork'),
      });
      return toModemStatus(modem.identity, status);
    },
  };
}
