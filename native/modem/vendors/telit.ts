import { telitCells } from '#native/at/commands/radio-cells.ts';
import { bndBands } from '#native/at/commands/radio/bnd.ts';
import { telitTemperature } from '#native/at/commands/temperature.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const telit: ModemVendor = {
  ...generic,
  name: 'telit',
  matches: (identity) => /telit/i.test(identity.manufacturer ?? ''),
  iccid: ['#CCID', '+CCID', 'file'],
  pinAttempts: ['+CPINR', 'card'],
  cells: [telitCells],
  bands: [bndBands],
  temperature: [telitTemperature],
  // #SIMDET: not inserted, inserted, and again what the slot’s own contact says.
  cardPower: { off: '#SIMDET=0', on: ['#SIMDET=1', '#SIMDET=2'] },
  restart: '#REBOOT',
};
