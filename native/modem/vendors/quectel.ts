import { quectelSlots } from '#native/at/commands/card-slots.ts';
import { quectelCounters } from '#native/at/commands/data-counters.ts';
import { quectelCells } from '#native/at/commands/radio-cells.ts';
import { iotopmodeTechnologies } from '#native/at/commands/radio/iotopmode.ts';
import { nwscanmodeTechnologies } from '#native/at/commands/radio/nwscanmode.ts';
import { qcfgBands } from '#native/at/commands/radio/qcfg-band.ts';
import { qnwprefcfgBands, qnwprefcfgTechnologies } from '#native/at/commands/radio/qnwprefcfg.ts';
import { quectelTemperature } from '#native/at/commands/temperature.ts';
import { generic } from './generic.ts';
import type { ModemVendor } from './vendor.ts';

export const quectel: ModemVendor = {
  ...generic,
  name: 'quectel',
  matches: (identity) => /quectel/i.test(identity.manufacturer ?? ''),
  iccid: ['+QCCID', '+CCID', 'file'],
  pinAttempts: ['+QPINC?', '+CPINR', 'card'],
  cells: [quectelCells],
  technologies: [qnwprefcfgTechnologies, iotopmodeTechnologies, nwscanmodeTechnologies, ...generic.technologies],
  bands: [qnwprefcfgBands, qcfgBands],
  slots: [quectelSlots],
  temperature: [quectelTemperature],
  counters: [quectelCounters],
  fiveG: /^(?:RM|RG)[25]/i,
  // LTE-M on the BG series (BG95/BG77 AT commands manual, +COPS).
  accessTechnologies: { 8: 'ltem' },
};
