import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const quectel: ModemVendor = {
  ...generic,
  name: 'quectel',
  matches: (identity) => /quectel/i.test(identity.manufacturer ?? ''),
  iccid: ['+QCCID', '+CCID', 'file'],
  pinAttempts: ['+QPINC?', '+CPINR', 'card'],
  cells: ['quectel'],
  fiveG: /^(?:RM|RG)[25]/i,
  // LTE-M on the BG series (BG95/BG77 AT commands manual, +COPS).
  accessTechnologies: { 8: 'ltem' },
};
