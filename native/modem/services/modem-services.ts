import type { AtChannel } from '../../at/channel-types.ts';
import { createCombinedReader } from '../combined-read.ts';
import type { SimWatch } from '../sim-watch.ts';
import type { StatusReader } from '../status-reader.ts';
import type { ModemTimings } from '../timings.ts';
import type { ModemVendor } from '../vendors/vendor.ts';
import { createSimLockControl, type SimLockControl } from './sim-lock.ts';

/** What a person can have a modem do besides looking at it. */
export type ModemServices = {
  readonly simLock: SimLockControl;
};

export type ServiceParts = {
  readonly channel: AtChannel;
  readonly reader: StatusReader;
  readonly watch: SimWatch;
  readonly vendor: ModemVendor;
  readonly timings: ModemTimings;
};

export function createModemServices(parts: ServiceParts): ModemServices {
  const combined = createCombinedReader(parts.channel);
  return { simLock: createSimLockControl(parts, combined) };
}
