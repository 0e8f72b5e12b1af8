import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const meig: ModemVendor = {
  ...generic,
  name: 'meig',
  matches: (identity) => /meig/i.test(identity.manufacturer ?? ''),
  iccid: ['+ICCID', '+CCID', 'file'],
  fiveG: /^SRM8/i,
};
