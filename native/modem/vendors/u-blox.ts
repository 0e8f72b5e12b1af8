import { ubloxCounters } from '#native/at/commands/data-counters.ts';
import { ubloxCells } from '#native/at/commands/radio-cells.ts';
import { uactBands, uratTechnologies } from '#native/at/commands/radio/urat.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const uBlox: ModemVendor = {
  ...generic,
  name: 'u-blox',
  matches: (identity) => /u-?blox/i.test(identity.manufacturer ?? ''),
  iccid: ['+CCID', 'file'],
  pinAttempts: ['+UPINCNT', '+CPINR', 'card'],
  cells: [ubloxCells],
  technologies: [uratTechnologies, ...generic.technologies],
  bands: [uactBands],
  counters: [ubloxCounters],
  restart: '+CFUN=16',
  // Both the settings in the flash memory and those of the network; carried out at the next start.
  factoryReset: ['+UFACTORY=2,2'],
};
