import { simcomSlots } from '#native/at/commands/card-slots.ts';
import { simcomTemperature } from '#native/at/commands/temperature.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const simcom: ModemVendor = {
  ...generic,
  name: 'simcom',
  matches: (identity) => /simcom/i.test(identity.manufacturer ?? ''),
  iccid: ['+CICCID', '+CCID', 'file'],
  pinAttempts: ['+SPIC', '+CPINR', 'card'],
  cells: ['simcom'],
  slots: [simcomSlots],
  temperature: [simcomTemperature],
  restart: '+CRESET',
};
