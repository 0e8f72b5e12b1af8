import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const simcom: ModemVendor = {
  ...generic,
  name: 'simcom',
  matches: (identity) => /simcom/i.test(identity.manufacturer ?? ''),
  iccid: ['+CICCID', '+CCID', 'file'],
  pinAttempts: ['+SPIC', '+CPINR', 'card'],
  cells: ['simcom'],
  restart: '+CRESET',
};
