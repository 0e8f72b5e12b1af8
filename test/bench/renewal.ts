import { eventually, mails, makeOrder, openStage, payByCard, sampleClient, texts } from '../integration/service-stage.ts';
import type { Bench } from './figure.ts';

/** Long enough for the worker to have gone back to sleep. */
const quiet = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 1_500);
  });

export const renewalBench: Bench = {
  name: 'renewal',
  how: 'SQL statements (without BEGIN and COMMIT) that the service runs for one renewal, the second of a database, paid by card and told by webhook',
  async run() {
    const stage = await openStage({ webhooks: true });
    try {
      const client = await sampleClient(stage.service.url);
      let told = 0;
      const renew = async (): Promise<{ order: number; page: number; settle: number; milliseconds: number }> => {
        await quiet();
        const start = stage.service.statements();
        const order = await makeOrder(client, 'month');
        const ordered = stage.service.statements();
        const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
        const paged = stage.service.statements();
        const paidAt = performance.now();
        await payByCard(url, '4242424242424242');
        told += 1;
        // The inbox is asked, not the service: asking the service would be counted.
        await eventually('mail and SMS', async () =>
          (await mails(stage.bench)).length === told && (await texts(stage.bench)).length === told ? true : null,
        );
        const milliseconds = Math.round(performance.now() - paidAt);
        await quiet();
        return { order: ordered - start, page: paged - ordered, settle: stage.service.statements() - paged, milliseconds };
      };
      await renew();
      const figures = await renew();
      return [
        { name: 'sign-in check, lines, quote and order', value: figures.order, unit: 'statements', kind: 'count' },
        { name: 'hosted page', value: figures.page, unit: 'statements', kind: 'count' },
        { name: 'webhook to verified, with mail and SMS', value: figures.settle, unit: 'statements', kind: 'count' },
        { name: 'one renewal, all together', value: figures.order + figures.page + figures.settle, unit: 'statements', kind: 'count' },
        { name: 'from paying to mail and SMS received', value: figures.milliseconds, unit: 'ms', kind: 'time' },
      ];
    } finally {
      await stage.close();
    }
  },
};
