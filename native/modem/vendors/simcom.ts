import { simcomSlots } from '#native/at/commands/card-slots.ts';
import { simcomCells } from '#native/at/commands/radio-cells.ts';
import { cnmpTechnologies } from '#native/at/commands/radio/cnmp.ts';
import { simcomTemperature } from '#native/at/commands/temperature.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const simcom: ModemVendor = {
  ...generic,
  name: 'simcom',
  matches: (identity) => /simcom/i.test(identity.manufacturer ?? ''),
  iccid: ['+CICCID', '+CCID', 'file'],
  pinAttempts: ['+SPIC', '+CPINR', 'card'],
  cells: [simcomCells],
  technologies: [cnmpTechnologies, ...generic.technologies],
  slots: [simcomSlots],
  temperature: [simcomTemperature],
  restart: '+CRESET',
};
