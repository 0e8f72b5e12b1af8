import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { addressText } from '../explain/addresses.ts';
import { explainLine } from '../explain/explain-line.ts';
import { afterPrefix, fieldsOf, splitFields, wholeNumber } from '../line-fields.ts';

export type PdpType = 'ipv4' | 'ipv6' | 'ipv4v6' | 'other';

/** What a connection for data is made from. */
export type PdpContext = {
  readonly cid: number;
  readonly type: PdpType;
  /** Empty: the network's own. */
  readonly apn: string;
};

const types: ReadonlyMap<string, PdpType> = new Map([
  ['IP', 'ipv4'],
  ['IPV4', 'ipv4'],
  ['IPV6', 'ipv6'],
  ['IPV4V6', 'ipv4v6'],
]);
const typeNames = { ipv4: 'IP', ipv6: 'IPV6', ipv4v6: 'IPV4V6' } as const;

/** What modems write for none. */
const noAddresses: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** The fields of each line with that name. */
function fieldsOfAll(lines: readonly string[], name: string): readonly (readonly string[])[] {
  return lines.flatMap((line) => {
    const rest = afterPrefix(line, name);
    return rest === null || rest === '' ? [] : [splitFields(rest)];
  });
}

export const pdpContextsCommand: AtCommand<void, readonly PdpContext[]> = {
  name: '+CGDCONT?',
  specification: '3GPP TS 27.007 §10.1.1',
  encode: () => 'AT+CGDCONT?',
  // A modem without any has no line to say so.
  decode: (lines) =>
    fieldsOfAll(lines, '+CGDCONT').flatMap(([cid, type = '', apn = '']) => {
      const number = wholeNumber(cid);
      return number === null ? [] : [{ cid: number, type: types.get(type.toUpperCase()) ?? 'other', apn }];
    }),
};

/** Defines a context, or writes over it. */
export const setPdpContextCommand: AtCommand<PdpContext & { readonly type: keyof typeof typeNames }, void> = {
  name: '+CGDCONT',
  specification: '3GPP TS 27.007 §10.1.1',
  encode: ({ cid, type, apn }) => `AT+CGDCONT=${cid},"${typeNames[type]}","${apn}"`,
  decode: () => undefined,
};

export const removePdpContextCommand: AtCommand<{ readonly cid: number }, void> = {
  name: '+CGDCONT',
  specification: '3GPP TS 27.007 §10.1.1',
  encode: ({ cid }) => `AT+CGDCONT=${cid}`,
  decode: () => undefined,
};

/** The numbers of the contexts that are active. */
export const activeContextsCommand: AtCommand<void, readonly number[]> = {
  name: '+CGACT?',
  specification: '3GPP TS 27.007 §10.1.10',
  encode: () => 'AT+CGACT?',
  decode: (lines) =>
    fieldsOfAll(lines, '+CGACT').flatMap(([cid, state]) => {
      const number = wholeNumber(cid);
      return number === null || state !== '1' ? [] : [number];
    }),
};

export const activateContextCommand: AtCommand<{ readonly cid: number; readonly active: boolean }, void> = {
  name: '+CGACT',
  specification: '3GPP TS 27.007 §10.1.10',
  encode: ({ cid, active }) => `AT+CGACT=${active ? 1 : 0},${cid}`,
  decode: () => undefined,
};

export type ContextAddresses = { readonly cid: number; readonly addresses: readonly string[] };

/** The addresses that the network has given, one for each family; 0.0.0.0 stands for none. */
export const contextAddressesCommand: AtCommand<void, readonly ContextAddresses[]> = {
  name: '+CGPADDR',
  specification: '3GPP TS 27.007 §10.1.14',
  encode: () => 'AT+CGPADDR',
  decode: (lines) =>
    fieldsOfAll(lines, '+CGPADDR').flatMap(([cid, ...texts]) => {
      const number = wholeNumber(cid);
      const addresses = texts.flatMap((text) => addressText(text) ?? []).filter((address) => !noAddresses.has(address));
      return number === null ? [] : [{ cid: number, addresses }];
    }),
};

/** Whether the modem is attached for packet data. */
export const packetAttachedCommand: AtCommand<void, boolean> = {
  name: '+CGATT?',
  specification: '3GPP TS 27.007 §10.1.9',
  encode: () => 'AT+CGATT?',
  decode(lines) {
    const state = fieldsOf(lines, '+CGATT')?.[0];
    if (state !== '0' && state !== '1') throw answerError('+CGATT', lines);
    return state === '1';
  },
};

export const attachCommand: AtCommand<boolean, void> = {
  name: '+CGATT',
  specification: '3GPP TS 27.007 §10.1.9',
  encode: (attached) => `AT+CGATT=${attached ? 1 : 0}`,
  decode: () => undefined,
};

export type ContextServers = { readonly cid: number; readonly dnsServers: readonly string[] };

/** The servers for names that the network has given, of each active context; one line for each family. */
export const contextServersCommand: AtCommand<void, readonly ContextServers[]> = {
  name: '+CGCONTRDP',
  specification: '3GPP TS 27.007 §10.1.23',
  encode: () => 'AT+CGCONTRDP',
  decode: (lines) =>
    lines.flatMap((line) => {
      const explanation = explainLine(line, { command: 'AT+CGCONTRDP' });
      if (explanation?.kind !== 'cgcontrdp') return [];
      const { cid, dnsPrimaryAddress, dnsSecondaryAddress } = explanation.value;
      const servers = [dnsPrimaryAddress, dnsSecondaryAddress].flatMap((server) =>
        typeof server === 'string' && !noAddresses.has(server) ? [server] : [],
      );
      return typeof cid === 'number' ? [{ cid, dnsServers: servers }] : [];
    }),
};

export type AuthenticationProtocol = 'none' | 'pap' | 'chap';
export type ContextAuthentication = { readonly cid: number; readonly protocol: AuthenticationProtocol; readonly userName: string };

const protocols: readonly AuthenticationProtocol[] = ['none', 'pap', 'chap'];

/** With what the network is asked for a connection. The password comes in clear too, and is left alone. */
export const contextAuthenticationCommand: AtCommand<void, readonly ContextAuthentication[]> = {
  name: '+CGAUTH?',
  specification: '3GPP TS 27.007 §10.1.31',
  encode: () => 'AT+CGAUTH?',
  decode: (lines) =>
    fieldsOfAll(lines, '+CGAUTH').flatMap(([cid, protocol, userName = '']) => {
      const number = wholeNumber(cid);
      const known = protocols[wholeNumber(protocol) ?? -1];
      return number === null || known === undefined ? [] : [{ cid: number, protocol: known, userName }];
    }),
};

export const setContextAuthenticationCommand: AtCommand<
  { readonly cid: number; readonly protocol: AuthenticationProtocol; readonly userName: string; readonly password: string },
  void
> = {
  name: '+CGAUTH',
  specification: '3GPP TS 27.007 §10.1.31',
  encode: ({ cid, protocol, userName, password }) =>
    protocol === 'none' ? `AT+CGAUTH=${cid},0` : `AT+CGAUTH=${cid},${protocols.indexOf(protocol)},"${userName}","${password}"`,
  decode: () => undefined,
};
