import { LebError } from '#contract/errors.ts';
import { DeviceError } from '#native/errors.ts';
import { parseServerAddress } from '#native/rsp/server-address.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { CardParts } from './card-parts.ts';
import { onCard } from './card-session.ts';
import type { Job } from './job.ts';

/**
 * Sets the server that the card asks where no code names one (SGP.22 v2.5 §5.7.4); an empty address removes it.
 * @throws LebError INPUT_INVALID for what is neither `host` nor `host:port`
 */
export function setDefaultSmdpJob(
  device: ManagedDevice,
  { isdrAid, address }: { readonly isdrAid: string | null; readonly address: string },
  parts: Pick<CardParts, 'openEuicc'>,
): Job {
  if (address !== '' && parseServerAddress(address) === null) throw new LebError('INPUT_INVALID', { field: 'address' });
  return {
    kind: 'euicc.setDefaultSmdp',
    iccid: null,
    profileName: null,
    nickname: null,
    steps: ['openCard', 'setDefaultSmdp', 'readBack'],
    async run(tools) {
      await onCard(device, isdrAid, parts, tools, async (session) => {
        tools.record.begin('setDefaultSmdp');
        await session.command((euicc) => euicc.setDefaultSmdpAddress(address));
        tools.record.begin('readBack');
        const addresses = await session.use((euicc) => euicc.configuredAddresses());
        if ((addresses.defaultSmdpAddress ?? '') !== address) {
          throw new DeviceError('EUICC_REFUSED', { result: 'unchanged', command: 'SetDefaultDpAddress' });
        }
        device.keepReading({ ...(device.euiccOf(isdrAid) ?? (await session.readOverview())), ...addresses });
      });
      return null;
    },
  };
}
