import { hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeUcs2 } from '#native/sms/alphabet/ucs2.ts';
import { CmeError } from '../cme-error.ts';
import type { CharacterSet } from '../modem-messaging.ts';
import type { AtCommand } from './at-command.ts';
import { choose } from './at-command.ts';
import { assertSim } from './sim.ts';

const characterSets: readonly CharacterSet[] = ['GSM', 'IRA', 'UCS2'];

/** Codes to the network (3GPP TS 27.007 §7.15) and the character set that they come and go in (§5.5). */
export const ussdCommands: readonly AtCommand[] = [
  {
    name: '+CSCS',
    read: ({ messaging }) => [`+CSCS: "${messaging.settings.characterSet}"`],
    test: () => [`+CSCS: (${characterSets.map((name) => `"${name}"`).join(',')})`],
    set: ({ messaging }, [chosen]) => {
      const found = characterSets.find((name) => name === chosen);
      if (found === undefined) throw new CmeError(50);
      messaging.settings.characterSet = found;
      return [];
    },
  },
  {
    name: '+CUSD',
    takes: { set: 50 },
    read: () => ['+CUSD: 1'],
    test: () => ['+CUSD: (0-2)'],
    set: (modem, [mode, text]) => {
      assertSim(modem);
      if (choose(mode, [0, 1, 2]) === 2) modem.messaging.hangUp();
      else if (text !== undefined) {
        if (modem.state.network === null) throw new CmeError(30);
        modem.messaging.dial(modem.messaging.settings.characterSet === 'UCS2' ? decodeUcs2(hexToBytes(text)) : text);
      }
      return [];
    },
  },
];
