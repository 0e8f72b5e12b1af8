import { ws46Technologies } from '#native/at/commands/radio/ws46.ts';
import type { ModemVendor } from './vendor.ts';

/** A modem of which nothing is known: the standard's commands first. */
export const generic: ModemVendor = {
  name: 'generic',
  matches: () => true,
  iccid: ['+CCID', '+ICCID', 'file', '^ICCID?', '+QCCID', '+CICCID', '#CCID', '%XICCID'],
  pinAttempts: ['+CPINR', '+EPINC?', '+CPINC?', '+UPINCNT', '+SPIC', '^CPIN?', 'card'],
  cells: [],
  technologies: [ws46Technologies],
  bands: [],
  slots: [],
  temperature: [],
  counters: [],
  radioPower: { on: '+CFUN=1', off: '+CFUN=4', airplaneLevels: [4] },
  radioLock: [],
  maxBlock: 120,
  classBits: 0,
  fiveG: /^(?:RM5|RG5|RM2|FM1[56]0|FM350|SIM8[23]|MT5|EM9[12])/i,
  accessTechnologies: {},
  refresh: ['radioOffOn', 'cardOffOn'],
  cardOffOn: 'twoLines',
  cardPower: null,
  restart: '+CFUN=1,1',
  // ITU-T V.250 §6.1.2, and the profile that the modem starts with.
  factoryReset: ['&F', '&W'],
};
