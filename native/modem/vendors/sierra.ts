import { sierraSlots } from '#native/at/commands/card-slots.ts';
import { sierraCells } from '#native/at/commands/radio-cells.ts';
import { sierraPowerVotes } from '#native/at/commands/radio-lock.ts';
import { selratTechnologies } from '#native/at/commands/radio/selrat.ts';
import { sierraTemperature } from '#native/at/commands/temperature.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const sierra: ModemVendor = {
  ...generic,
  name: 'sierra',
  matches: (identity) => /sierra/i.test(identity.manufacturer ?? ''),
  pinAttempts: ['+CPINC?', '+CPINR', 'card'],
  cells: [sierraCells],
  technologies: [selratTechnologies, ...generic.technologies],
  slots: [sierraSlots],
  temperature: [sierraTemperature],
  radioPower: { ...generic.radioPower, on: '+CFUN=1,0' },
  radioLock: [sierraPowerVotes],
  restart: '!RESET',
};
