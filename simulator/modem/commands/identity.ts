import type { AtCommand } from './at-command.ts';
import { choose } from './at-command.ts';

/** Who the modem is (3GPP TS 27.007 §5.1 to §5.4), each under its two names. */
export const identityCommands: readonly AtCommand[] = [
  ...['+CGMI', '+GMI'].map((name): AtCommand => ({ name, execute: ({ kind }) => [kind.vendor.manufacturer], test: () => [] })),
  ...['+CGMM', '+GMM'].map((name): AtCommand => ({ name, execute: ({ kind }) => [kind.vendor.model], test: () => [] })),
  ...['+CGMR', '+GMR'].map((name): AtCommand => ({ name, execute: ({ kind }) => [kind.vendor.revision], test: () => [] })),
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
