import type { AtCommand } from './at-command.ts';
import { choose } from './at-command.ts';
import { CmeError } from '../cme-error.ts';
import { isActive, readCid } from './packet-data.ts';
import { keepSetting, readSetting } from './stored-settings.ts';

const noAuthentication = '0';

/** What belongs to a connection for data beside its context (3GPP TS 27.007 §10.1). */
export const connectionCommands: readonly AtCommand[] = [
  {
    name: '+CGATT',
    takes: { set: 200 },
    read: ({ state }) => [`+CGATT: ${state.network === null || state.dataDetached ? 0 : 1}`],
    test: () => ['+CGATT: (0,1)'],
    set({ state }, [attached]) {
      if (state.network === null) throw new CmeError(30);
      state.dataDetached = choose(attached, [0, 1]) === 0;
      state.activations.clear();
      return [];
    },
  },
  {
    name: '+CGAUTH',
    // The password comes in clear, as the standard has it.
    read: (modem) =>
      [...modem.contexts.keys()].flatMap((cid) => {
        const setting = readSetting(modem, `+CGAUTH ${cid}`, noAuthentication);
        return setting === noAuthentication ? [] : [`+CGAUTH: ${cid},${setting}`];
      }),
    test: () => ['+CGAUTH: (1-16),(0-2),64,64'],
    set(modem, [number, protocol, user = '', password = '']) {
      const cid = readCid(number);
      if (!modem.contexts.has(cid)) throw new CmeError(50);
      const kind = choose(protocol ?? '0', [0, 1, 2]);
      keepSetting(modem, `+CGAUTH ${cid}`, kind === 0 ? noAuthentication : `${kind},"${user}","${password}"`);
      return [];
    },
  },
  {
    name: '+CGCONTRDP',
    // Address and mask are one field; the servers are of the range for documentation.
    execute: (modem) =>
      [...modem.contexts].flatMap(([cid, { apn }]) =>
        isActive(modem, cid)
          ? [`+CGCONTRDP: ${cid},5,"${apn}","10.45.7.${cid}.255.255.255.0","10.45.7.254","192.0.2.53","192.0.2.54"`]
          : [],
      ),
    test: (modem) => [`+CGCONTRDP: (${[...modem.contexts.keys()].filter((cid) => isActive(modem, cid)).join(',')})`],
  },
];
