import { fibocomSlots } from '#native/at/commands/card-slots.ts';
import { fibocomCells } from '#native/at/commands/radio-cells.ts';
import { gtFccStatus } from '#native/at/commands/radio-lock.ts';
import { gtactBands, gtactTechnologies } from '#native/at/commands/radio/gtact.ts';
import { fibocomTemperature } from '#native/at/commands/temperature.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

/** Those on chips of MediaTek and Qualcomm; those on Intel’s know another restart. */
export const fibocom: ModemVendor = {
  ...generic,
  name: 'fibocom',
  matches: (identity) => /fibocom/i.test(identity.manufacturer ?? ''),
  iccid: ['+ICCID', '+CCID', 'file'],
  pinAttempts: ['+CPINR', '+EPINC?', 'card'],
  cells: [fibocomCells],
  technologies: [gtactTechnologies, ...generic.technologies],
  bands: [gtactBands],
  slots: [fibocomSlots],
  temperature: [fibocomTemperature],
  radioLock: [gtFccStatus],
  restart: '+CFUN=15',
};
