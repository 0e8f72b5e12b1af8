import { intelCells } from '#native/at/commands/radio-cells.ts';
import { xactBands, xactTechnologies } from '#native/at/commands/radio/xact.ts';
import { intelTemperature } from '#native/at/commands/temperature.ts';
import { fibocom } from './fibocom.ts';
import type { ModemVendor } from './vendor.ts';

/** On chips of Intel: L830, L850, L860. */
export const fibocomIntel: ModemVendor = {
  ...fibocom,
  name: 'fibocomIntel',
  matches: (identity) => fibocom.matches(identity) && /L8[356]0/i.test(identity.model ?? ''),
  cells: [intelCells],
  technologies: [xactTechnologies, ...fibocom.technologies],
  bands: [xactBands],
  temperature: [intelTemperature],
  restart: '+CFUN=16',
};
