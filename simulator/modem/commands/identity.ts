import type { AtCommand } from './at-command.ts';
import { choose } from './at-command.ts';

const softwareVersion = '07';

/** Who the modem is (3GPP TS 27.007 §5.1 to §5.4), each under its two names. */
export const identityCommands: readonly AtCommand[] = [
  ...['+CGMI', '+GMI'].map((name): AtCommand => ({ name, execute: ({ kind }) => [kind.vendor.manufacturer], test: () => [] })),
  ...['+CGMM', '+GMM'].map((name): AtCommand => ({ name, execute: ({ kind }) => [kind.vendor.model], test: () => [] })),
  ...['+CGMR', '+GMR'].map((name): AtCommand => ({ name, execute: ({ kind }) => [kind.vendor.revision], test: () => [] })),
  { name: '+GSN', execute: (modem) => [modem.imei], test: () => [] },
  {
    name: '+CGSN',
    execute: (modem) => [modem.imei],
    test: () => ['+CGSN: (0-3)'],
    // The maker's number, the IMEI, the IMEI with the software version in place of its check digit, and that version alone.
    set: ({ imei }, [kind]) => {
      const numbers = [`SN${imei.slice(6, 14)}`, imei, `${imei.slice(0, 14)}${softwareVersion}`, softwareVersion];
      return [`+CGSN: "${numbers[choose(kind, [0, 1, 2, 3])] ?? imei}"`];
    },
  },
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
