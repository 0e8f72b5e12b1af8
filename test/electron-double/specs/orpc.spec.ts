/* oxlint-disable unicorn/consistent-function-scoping -- functions for evaluate() travel by their source text */
// The contract between window and application, over a MessagePort made by either side.
import { test, expect, type Page } from '@playwright/test';
import { launch, type ElectronApplication } from '../launch.ts';
import { built, type SampleGlobals } from './helpers.ts';

for (const portFrom of ['preload', 'main']) {
  test.describe(`a port from the ${portFrom}`, () => {
    let app: ElectronApplication;
    let page: Page;

    test.beforeAll(async () => {
      app = await launch({ args: [built], env: { ...process.env, SAMPLE_PORT_FROM: portFrom } });
      page = await app.firstWindow();
    });
    test.beforeEach(() => expect(page.getByTestId('greeting')).toHaveText('Hello window'));
    test.afterAll(() => app?.close());

    test('carries a call and its answer', async () => {
      expect(await page.evaluate(() => window.desk.greet({ name: 'you' }))).toEqual({ greeting: 'Hello you' });
    });

    test('refuses an input that the contract does not allow', async () => {
      expect(await page.evaluate(() => window.desk.greet({ name: '' }).catch((error) => [error.code, error.message]))).toEqual([
        'BAD_REQUEST',
        'Input validation failed',
      ]);
    });

    test('carries a typed error', async () => {
      expect(
        await page.evaluate(() => window.desk.readCard().catch((error) => [error.defined, error.code, error.message, error.data])),
      ).toEqual([true, 'CARD_REMOVED', 'The card was removed', { reader: 'Reader 0' }]);
    });

    test('carries what JSON cannot', async () => {
      const described = await page.evaluate(() =>
        window.desk.describe({ when: new Date(0), big: 21n, tags: new Set(['a', 'b']), table: new Map([['one', 1]]), nothing: undefined }),
      );
      expect(described).toEqual(['1970-01-01T00:00:00.000Z', '42', 'a,b', '1', 'undefined']);
    });

    test('streams, and stops the stream when the window has enough', async () => {
      const numbers = await page.evaluate(async () => {
        const seen: number[] = [];
        for await (const { n } of await window.desk.count({ every: 5 })) if (seen.push(n) === 5) break;
        return seen;
      });
      expect(numbers).toEqual([1, 2, 3, 4, 5]);
      await expect.poll(() => page.evaluate(() => window.desk.openStreams())).toBe(0);
    });

    test('stops a stream by its signal', async () => {
      const outcome = await page.evaluate(async () => {
        const stop = new AbortController();
        const stream = await window.desk.count({ every: 5 }, { signal: stop.signal });
        await stream.next();
        stop.abort();
        return stream
          .next()
          .then(
            () => 'went on',
            () => 'stopped',
          )
          .then(async (first) => [
            first,
            await stream.next().then(
              ({ done }) => done,
              () => true,
            ),
          ]);
      });
      expect(outcome.at(-1)).toBe(true);
      await expect.poll(() => page.evaluate(() => window.desk.openStreams())).toBe(0);
    });

    test('carries a megabyte', async () => {
      const [length, first, last, type, ms] = await page.evaluate(async () => {
        const bytes = new Uint8Array(1024 * 1024).map((_, i) => i % 251);
        const start = performance.now();
        const back = await window.desk.reverse(bytes);
        return [back.length, back[0], back.at(-1), back.constructor.name, performance.now() - start];
      });
      expect([length, first, last, type]).toEqual([1024 * 1024, (1024 * 1024 - 1) % 251, 0, 'Uint8Array']);
      console.log(`1 MiB there and back: ${ms.toFixed(0)} ms`);
    });

    test('is fast enough for a thousand calls', async () => {
      const micros = await page.evaluate(async () => {
        const start = performance.now();
        for (let i = 0; i < 1000; i++) if ((await window.desk.add({ a: i, b: 1 })) !== i + 1) throw new Error('wrong sum');
        return performance.now() - start;
      });
      console.log(`1000 calls in sequence: ${micros.toFixed(0)} µs each`);
      expect(micros).toBeLessThan(10_000); // ms for all
    });

    test('ends with its page and begins again with the next one', async () => {
      const closed = () => app.evaluate(() => (globalThis as unknown as SampleGlobals).sample.closedPorts());
      const before = await closed();
      await page.evaluate(async () => void (await window.desk.count({ every: 5 })).next());
      await page.reload();
      await expect(page.getByTestId('greeting')).toHaveText('Hello window');
      expect(await page.evaluate(() => window.desk.openStreams())).toBe(0);
      await expect.poll(closed).toBe(before + 1);
    });

    test('is closed for both when the window closes it', async () => {
      const before = await app.evaluate(() => (globalThis as unknown as SampleGlobals).sample.closedPorts());
      await page.evaluate(() => window.deskPort.close());
      await expect.poll(() => app.evaluate(() => (globalThis as unknown as SampleGlobals).sample.closedPorts())).toBe(before + 1);
      await page.reload();
    });
  });
}
