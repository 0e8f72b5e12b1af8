import type { AtCommand } from '../commands/at-command.ts';
import { choose } from '../commands/at-command.ts';
import { keepSetting, readSetting } from '../commands/stored-settings.ts';

/** The card's slot, the temperature and what went over the air (Quectel EG25-G AT commands manual). */
export const quectelSettings: readonly AtCommand[] = [
  {
    name: '+QUIMSLOT',
    read: (modem) => [`+QUIMSLOT: ${readSetting(modem, '+QUIMSLOT', '1')}`],
    test: () => ['+QUIMSLOT: (1,2)'],
    set(modem, [slot]) {
      keepSetting(modem, '+QUIMSLOT', String(choose(slot, [1, 2])));
      return [];
    },
  },
  { name: '+QTEMP', execute: () => ['+QTEMP: 31,29,30'], test: () => [] },
  {
    name: '+QGDCNT',
    read: ({ state }) => [`+QGDCNT: ${state.network === null ? '0,0' : '48213,1907344'}`],
    test: () => ['+QGDCNT: (0,1)'],
  },
];
