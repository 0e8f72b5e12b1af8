import { huaweiCells } from '#native/at/commands/radio-cells.ts';
import { syscfgexBands, syscfgexTechnologies } from '#native/at/commands/radio/syscfgex.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

/** TD-Tech builds on the same chips, and speaks as Huawei does. */
export const huawei: ModemVendor = {
  ...generic,
  name: 'huawei',
  matches: (identity) => /huawei|td[ -]?tech/i.test(identity.manufacturer ?? ''),
  iccid: ['^ICCID?', 'file'],
  pinAttempts: ['^CPIN?', '+CPINR', 'card'],
  cells: [huaweiCells],
  technologies: [syscfgexTechnologies, ...generic.technologies],
  bands: [syscfgexBands],
  // 7 is the switch of the laptop.
  radioPower: { on: '+CFUN=1', off: '+CFUN=0', airplaneLevels: [0, 4, 7] },
  cardPower: { off: '^HVSST=1,0', on: ['^HVSST=1,1'] },
  restart: '^RESET',
};
