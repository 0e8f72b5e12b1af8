import { zsntTechnologies } from '#native/at/commands/radio/zsnt.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const zte: ModemVendor = {
  ...generic,
  name: 'zte',
  matches: (identity) => /^zte/i.test(identity.manufacturer ?? ''),
  iccid: ['+ICCID', '+CCID', 'file'],
  technologies: [zsntTechnologies, ...generic.technologies],
  fiveG: null,
};
