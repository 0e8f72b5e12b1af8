import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const uBlox: ModemVendor = {
  ...generic,
  name: 'u-blox',
  matches: (identity) => /u-?blox/i.test(identity.manufacturer ?? ''),
  iccid: ['+CCID', 'file'],
  pinAttempts: ['+UPINCNT', '+CPINR', 'card'],
  restart: '+CFUN=16',
};
