import { CmsError } from '../cms-error.ts';
import { messageStats, type MessageStorage } from '../message-storage.ts';
import type { ModemContext } from '../modem-state.ts';
import type { StorageName } from '../modem-messaging.ts';
import { centreNumber } from '../sms-centre.ts';
import type { AtCommand } from './at-command.ts';
import { choose, readNumber } from './at-command.ts';

const names: readonly StorageName[] = ['SM', 'ME'];

/** Messages in PDU mode (3GPP TS 27.005 §3), which is the only one that this modem has. */
export const messageCommands: readonly AtCommand[] = [
  { name: '+CMGF', read: () => ['+CMGF: 0'], test: () => ['+CMGF: (0)'], set: (_modem, [mode]) => (choose(mode, [0]), []) },
  {
    name: '+CSCA',
    read: () => [`+CSCA: "${centreNumber}",145`],
    test: () => [],
  },
  {
    name: '+CSMS',
    read: ({ messaging }) => [`+CSMS: ${messaging.settings.service},1,1,1`],
    test: () => ['+CSMS: (0,1)'],
    set: ({ messaging }, [service]) => {
      messaging.settings.service = choose(service, [0, 1]);
      return ['+CSMS: 1,1,1'];
    },
  },
  {
    name: '+CPMS',
    read: (modem) => [`+CPMS: ${modem.messaging.settings.memories.map((name) => `"${name}",${fill(modem, name)}`).join(',')}`],
    test: () => ['+CPMS: ("SM","ME"),("SM","ME"),("SM","ME")'],
    set: (modem, chosen) => {
      const [first, second, third] = modem.messaging.settings.memories;
      const pick = (position: number, former: StorageName): StorageName =>
        chosen[position] === undefined ? former : chooseStorage(chosen[position]);
      const memories: [StorageName, StorageName, StorageName] = [pick(0, first), pick(1, second), pick(2, third)];
      const answer = [`+CPMS: ${memories.map((name) => fill(modem, name)).join(',')}`];
      modem.messaging.settings.memories = memories;
      return answer;
    },
  },
  {
    name: '+CNMI',
    read: ({ messaging }) => [`+CNMI: ${messaging.settings.news.join(',')}`],
    test: () => ['+CNMI: (0-2),(0-2),(0),(0,1),(0)'],
    set: ({ messaging }, [mode, mt, bm, ds, bfr]) => {
      const { news } = messaging.settings;
      messaging.settings.news = [
        choose(mode, [0, 1, 2]),
        mt === undefined ? news[1] : choose(mt, [0, 1, 2]),
        bm === undefined ? news[2] : choose(bm, [0]),
        ds === undefined ? news[3] : choose(ds, [0, 1]),
        bfr === undefined ? news[4] : choose(bfr, [0]),
      ];
      return [];
    },
  },
  {
    name: '+CNMA',
    execute: ({ messaging }) => {
      messaging.acknowledge();
      return [];
    },
  },
  {
    name: '+CMGL',
    takes: { set: 20 },
    test: () => ['+CMGL: (0-4)'],
    set: (modem, [wanted]) => {
      const stat = choose(wanted, [0, 1, 2, 3, 4]);
      return reading(modem)
        .entries()
        .filter(([, message]) => stat === 4 || message.stat === stat)
        .flatMap(([index, message]) => {
          const lines = [`+CMGL: ${index},${message.stat},,${message.tpduLength}`, message.pdu];
          message.stat = messageStats.read;
          return lines;
        });
    },
  },
  {
    name: '+CMGR',
    takes: { set: 20 },
    set: (modem, [index]) => {
      const message = reading(modem).at(readIndex(index));
      if (message === undefined) throw new CmsError(321);
      const lines = [`+CMGR: ${message.stat},,${message.tpduLength}`, message.pdu];
      message.stat = messageStats.read;
      return lines;
    },
  },
  {
    name: '+CMGD',
    takes: { set: 20 },
    set: (modem, [index]) => {
      reading(modem).remove(readIndex(index));
      modem.messaging.collect();
      return [];
    },
  },
  {
    name: '+CMGS',
    takes: { message: 300 },
    set: (_modem, [length]) => {
      readNumber(length, 164);
      return [];
    },
    message: ({ messaging }, [length], pdu) => [`+CMGS: ${messaging.submit(pdu, readNumber(length, 164))}`],
  },
];

function chooseStorage(name: string | undefined): StorageName {
  const found = names.find((one) => one === name);
  if (found === undefined) throw new CmsError(302);
  return found;
}

function fill({ messaging }: ModemContext, name: StorageName): string {
  const { used, total } = messaging.storage(name);
  return `${used},${total}`;
}

function reading({ messaging }: ModemContext): MessageStorage {
  return messaging.storage(messaging.settings.memories[0]);
}

function readIndex(text: string | undefined): number {
  if (text === undefined || !/^\d{1,3}$/.test(text)) throw new CmsError(321);
  return Number(text);
}
