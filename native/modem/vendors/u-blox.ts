import { ubloxCounters } from '#native/at/commands/data-counters.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const uBlox: ModemVendor = {
  ...generic,
  name: 'u-blox',
  matches: (identity) => /u-?blox/i.test(identity.manufacturer ?? ''),
  iccid: ['+CCID', 'file'],
  pinAttempts: ['+UPINCNT', '+CPINR', 'card'],
  counters: [ubloxCounters],
  restart: '+CFUN=16',
  // Both the settings in the flash memory and those of the network; carried out at the next start.
  factoryReset: ['+UFACTORY=2,2'],
};
