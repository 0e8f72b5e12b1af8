import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

/** Those on chips of MediaTek and Qualcomm; those on Intel’s know another restart. */
export const fibocom: ModemVendor = {
  ...generic,
  name: 'fibocom',
  matches: (identity) => /fibocom/i.test(identity.manufacturer ?? ''),
  iccid: ['+ICCID', '+CCID', 'file'],
  pinAttempts: ['+CPINR', '+EPINC?', 'card'],
  cells: ['fibocom'],
  restart: '+CFUN=15',
};
