import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const huawei: ModemVendor = {
  ...generic,
  name: 'huawei',
  matches: (identity) => /huawei/i.test(identity.manufacturer ?? ''),
  iccid: ['^ICCID?', 'file'],
  pinAttempts: ['^CPIN?', '+CPINR', 'card'],
  cardPower: { off: '^HVSST=1,0', on: ['^HVSST=1,1'] },
  restart: '^RESET',
};
