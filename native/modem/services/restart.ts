import type { AtChannel } from '../../at/channel-types.ts';
import { isDeviceError } from '../../errors.ts';
import type { ModemVendor } from '../vendors/vendor.ts';

/**
 * Has the modem start anew. Its port closes now or in a minute, and comes back when it has started; a modem on a bare line keeps it.
 * @throws DeviceError what the modem refuses
 */
export function restartModem(channel: AtChannel, { restart }: ModemVendor): Promise<void> {
  return order(channel, `AT${restart}`);
}

/**
 * Puts the settings back to what the maker shipped, keeps them so, and has the modem start with them.
 * @throws DeviceError what the modem refuses
 */
export async function factoryResetModem(channel: AtChannel, vendor: ModemVendor): Promise<void> {
  for (const command of vendor.factoryReset) await order(channel, `AT${command}`);
  await restartModem(channel, vendor);
}

async function order(channel: AtChannel, line: string): Promise<void> {
  try {
    await channel.request({ line });
  } catch (error) {
    // One that is gone before it has answered has done what it was told.
    if (!isDeviceError(error) || error.code !== 'PORT_CLOSED') throw error;
  }
}
