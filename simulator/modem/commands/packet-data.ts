import { CmeError } from '../cme-error.ts';
import type { ModemContext } from '../modem-state.ts';
import type { AtCommand } from './at-command.ts';
import { choose, readNumber } from './at-command.ts';

/** What the modem keeps over a restart: the contexts for data, by number. */
export type StoredContexts = Map<number, { readonly type: 'IP' | 'IPV6' | 'IPV4V6'; readonly apn: string }>;

const defaultBearer = 1;
const mostContexts = 16;

/** As delivered: the network's own APN. */
export function makeStoredContexts(): StoredContexts {
  return new Map([[defaultBearer, { type: 'IPV4V6', apn: '' }]]);
}

/** Whether a context carries data now. Registering in LTE sets up the default bearer (3GPP TS 23.401 §4.7.2.1); all else is set up and ended by hand. */
export function isActive({ state }: ModemContext, cid: number): boolean {
  return state.network !== null && !state.dataDetached && (state.activations.get(cid) ?? cid === defaultBearer);
}

export const packetDataCommands: readonly AtCommand[] = [
  {
    name: '+CGDCONT',
    read: ({ contexts }) =>
      [...contexts]
        .toSorted(([left], [right]) => left - right)
        .map(([cid, { type, apn }]) => `+CGDCONT: ${cid},"${type}","${apn}","0.0.0.0",0,0,0,0`),
    test: () => ['IP', 'IPV6', 'IPV4V6'].map((type) => `+CGDCONT: (1-${mostContexts}),"${type}",,,(0-2),(0-4),(0-1),(0-1)`),
    set({ contexts, state }, [number, type, apn = '']) {
      const cid = readCid(number);
      if (type === undefined) {
        contexts.delete(cid);
        state.activations.delete(cid);
        return [];
      }
      contexts.set(cid, { type: choose(type.toUpperCase(), ['IP', 'IPV6', 'IPV4V6']), apn });
      return [];
    },
  },
  {
    name: '+CGACT',
    takes: { set: 300 },
    read: (modem) => [...modem.contexts.keys()].map((cid) => `+CGACT: ${cid},${isActive(modem, cid) ? 1 : 0}`),
    test: () => ['+CGACT: (0,1)'],
    set(modem, [state, number]) {
      const wanted = choose(state, ['0', '1']) === '1';
      const cid = readCid(number);
      if (!modem.contexts.has(cid)) throw new CmeError(50);
      if (modem.state.network === null) throw new CmeError(30);
      const others = [...modem.contexts.keys()].filter((other) => other !== cid && isActive(modem, other));
      if (!wanted && others.length === 0) throw new CmeError(151);
      modem.state.activations.set(cid, wanted);
      return [];
    },
  },
  {
    name: '+CGPADDR',
    execute: (modem) => [...modem.contexts.keys()].map((cid) => `+CGPADDR: ${[cid, ...addressesOf(modem, cid)].join(',')}`),
    test: (modem) => [`+CGPADDR: (${[...modem.contexts.keys()].join(',')})`],
  },
];

/** IPv4 of a private range, IPv6 of the range for documentation, written as sixteen numbers (3GPP TS 27.007 §10.1.14). */
function addressesOf(modem: ModemContext, cid: number): readonly string[] {
  const { type } = modem.contexts.get(cid) ?? { type: 'IP' };
  if (!isActive(modem, cid)) return [];
  const [four, six] = [`"10.45.7.${cid}"`, `"32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.${cid}"`];
  return type === 'IP' ? [four] : type === 'IPV6' ? [six] : [four, six];
}

export function readCid(text: string | undefined): number {
  const cid = readNumber(text, mostContexts);
  if (cid === 0) throw new CmeError(50);
  return cid;
}
