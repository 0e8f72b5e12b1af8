import { nordicCells } from '#native/at/commands/radio-cells.ts';
import { xbandlockBands, xsystemmodeTechnologies } from '#native/at/commands/radio/xsystemmode.ts';
import { nordicTemperature } from '#native/at/commands/temperature.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

/** nRF91: LTE-M and NB-IoT. What is LTE in the standard's numbers is LTE-M here. */
export const nordic: ModemVendor = {
  ...generic,
  name: 'nordic',
  matches: (identity) => /nordic/i.test(identity.manufacturer ?? ''),
  iccid: ['%XICCID', 'file'],
  cells: [nordicCells],
  technologies: [xsystemmodeTechnologies],
  bands: [xbandlockBands],
  temperature: [nordicTemperature],
  // 44: the card stays on.
  radioPower: { ...generic.radioPower, airplaneLevels: [4, 44] },
  fiveG: null,
  accessTechnologies: { 7: 'ltem' },
  factoryReset: ['+CFUN=4', '%XFACTORYRESET=0'],
};
