import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const sierra: ModemVendor = {
  ...generic,
  name: 'sierra',
  matches: (identity) => /sierra/i.test(identity.manufacturer ?? ''),
  pinAttempts: ['+CPINC?', '+CPINR', 'card'],
  restart: '!RESET',
};
