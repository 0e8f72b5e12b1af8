import { expect, it } from 'vitest';
import table from '#resources/facts/carrier-apns.json' with { type: 'json' };
import { suggestedContext } from '#contract/desk/modem.ts';
import { carrierContexts } from './carrier-contexts.ts';

it('finds the carrier by the network that issued the SIM', async () => {
  const contexts = await carrierContexts('424021234567890');
  expect(contexts[0]).toEqual({
    carrier: 'Etisalat',
    plan: null,
    customers: 'postpaid',
    apn: 'mnet',
    authentication: { protocol: 'pap', userName: 'mnet', password: 'mnet' },
  });
});

it('knows networks whose number has three digits behind the country', async () => {
  expect((await carrierContexts('302220123456789')).map(({ carrier }) => carrier)).toContain('Telus Mobility');
  expect(await carrierContexts('001010123456789')).toEqual([]);
});

it('has nothing in it that a modem could not be told', async () => {
  const networks = new Set(table.carriers.flatMap((row) => (row.split('|')[1] ?? '').split(' ')));
  expect(networks.size).toBeGreaterThan(600);
  for (const network of networks) {
    expect(network).toMatch(/^\d{5,6}$/u);
    for (const context of await carrierContexts(network.padEnd(15, '0'))) {
      expect(suggestedContext.safeParse({ ...context, type: 'ipv4v6' }).success, `${network} ${context.apn}`).toBe(true);
    }
  }
});
