import type { AtCommand } from './at-command.ts';
import { choose } from './at-command.ts';

const manufacturer = 'Quectel';
const model = 'EG25';
const revision = 'EG25GGBR07A08M2G';

/** Who the modem is (3GPP TS 27.007 §5.1 to §5.4), each under its two names. */
export const identityCommands: readonly AtCommand[] = [
  ...['+CGMI', '+GMI'].map((name) => ({ name, execute: () => [manufacturer], test: () => [] })),
  ...['+CGMM', '+GMM'].map((name) => ({ name, execute: () => [model], test: () => [] })),
  ...['+CGMR', '+GMR'].map((name) => ({ name, execute: () => [revision], test: () => [] })),
  ...['+CGSN', '+GSN'].map((name): AtCommand => ({ name, execute: (modem) => [modem.imei], test: () => [] })),
  {
    name: '+CMEE',
    read: (modem) => [`+CMEE: ${modem.state.cmee}`],
    test: () => ['+CMEE: (0-2)'],
    set: (modem, [mode]) => {
      modem.state.cmee = choose(mode, [0, 1, 2]);
      return [];
    },
  },
];

/** Lines of `ATI`. */
export const identityLines: readonly string[] = [manufacturer, model, `Revision: ${revision}`];
