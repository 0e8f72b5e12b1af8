import { expect, test } from 'vitest';
import { dataContext, freeCid, isSuggestion, type PacketContext } from './contexts.ts';

const context = (cid: number, apn: string, active = false): PacketContext => ({
  cid,
  type: 'ipv4v6',
  apn,
  active,
  addresses: [],
  dnsServers: [],
  authentication: null,
  counters: null,
});
const data = (...contexts: PacketContext[]): Parameters<typeof dataContext>[0] => ({ attached: true, contexts });

test('data goes through the active context that is not for calls, else through the first', () => {
  expect(dataContext(data(context(1, ''), context(2, 'ims', true), context(3, 'internet', true))).cid).toBe(3);
  expect(dataContext(data(context(3, 'internet'), context(1, 'ims'), context(2, ''))).cid).toBe(2);
  expect(dataContext(data(context(1, 'IMS.mnc001.mcc001.gprs', true)))).toEqual({ cid: 2, context: null });
  expect(dataContext(data())).toEqual({ cid: 1, context: null });
});

test('the first number that is free', () => {
  expect(freeCid(data(context(1, ''), context(3, '')))).toBe(2);
});

test('a suggestion is in use where name, type and user are the same', () => {
  const suggestion = {
    carrier: 'Harbour',
    plan: null,
    customers: null,
    apn: 'Internet',
    type: 'ipv4v6',
    authentication: { protocol: 'pap', userName: 'web', password: 'web' },
  } as const;
  expect(isSuggestion(context(1, 'internet'), suggestion)).toBe(true);
  expect(isSuggestion({ ...context(1, 'internet'), authentication: { protocol: 'none', userName: '' } }, suggestion)).toBe(false);
  expect(isSuggestion({ ...context(1, 'internet'), type: 'ipv4' }, suggestion)).toBe(false);
  expect(
    isSuggestion(
      { ...context(1, 'internet'), authentication: { protocol: 'none', userName: '' } },
      { ...suggestion, authentication: null },
    ),
  ).toBe(true);
});
