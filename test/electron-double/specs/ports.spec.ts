/* oxlint-disable unicorn/consistent-function-scoping -- functions for evaluate() travel by their source text */
// The fine print of MessagePorts between page and main process, on an application that is not bundled.
import { test, expect, type Page } from '@playwright/test';
import { join } from 'node:path';
import { launch, type ElectronApplication } from '../launch.ts';

declare const connect: () => MessagePort;
declare const next: (port: MessagePort) => Promise<MessageEvent>;
declare const messages: MessageEvent[];

let app: ElectronApplication;
let page: Page;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  app = await launch({ args: [join(import.meta.dirname, 'fixtures/ports')] });
  page = await app.firstWindow();
  await expect(page).toHaveTitle('Ports');
});
test.afterAll(() => app?.close());

test('clones what it carries, both ways', async () => {
  const kept = await page.evaluate(async () => {
    const port = connect();
    const sent = {
      bytes: new Uint8Array([1, 255]),
      map: new Map([[1n, new Set(['x'])]]),
      date: new Date(5),
      nothing: undefined,
      error: new RangeError('far'),
      self: null as unknown,
    };
    sent.self = sent;
    const answer = next(port);
    port.postMessage(sent);
    const back = (await answer).data as typeof sent;
    return [
      back.bytes instanceof Uint8Array && back.bytes[1],
      [...(back.map.get(1n) ?? [])],
      back.date.getTime(),
      'nothing' in back,
      back.error instanceof RangeError && back.error.message,
      back.self === back,
    ];
  });
  expect(kept).toEqual([255, ['x'], 5, true, 'far', true]);
});

test('neuters a port that has been sent away', async () => {
  await expect
    .poll(() => page.evaluate(() => messages.map(({ data }) => (data as { again?: string }).again).find(Boolean)))
    .toBe('DataCloneError');
});

test('carries ports over ports', async () => {
  const answer = await page.evaluate(async () => {
    const [port, channel] = [connect(), new MessageChannel()];
    port.start();
    port.postMessage('along', [channel.port2]);
    return (await next(channel.port1)).data as unknown;
  });
  expect(answer).toEqual({ nested: 'along' });
});

test('keeps what is sent before anybody listens', async () => {
  const early = await page.evaluate(async () => {
    const event = messages.find(({ data }) => (data as { early?: unknown }).early);
    const port = event?.ports[0];
    if (!event || !port) throw new Error('the early message did not come');
    const seen: unknown[] = [];
    await new Promise<void>((done) => {
      port.addEventListener('message', ({ data }) => seen.push(data) === 4 && done());
      port.start();
    });
    return [(event.data as { early: Map<string, number> }).early.get('sent'), seen];
  });
  expect(early).toEqual([3, [1, 2, 3, 4]]);
});

test('tells the page that the main process has closed a port', async () => {
  const closed = await page.evaluate(async () => {
    const port = connect();
    const close = new Promise((resolve) => port.addEventListener('close', () => resolve('closed')));
    port.start();
    port.postMessage('close');
    return close;
  });
  expect(closed).toBe('closed');
});

test('neuters in the main process too', async () => {
  const errors = await app.evaluate(({ MessageChannelMain, BrowserWindow }) => {
    const { port1, port2 } = new MessageChannelMain();
    const attempt = (action: () => void) => {
      try {
        action();
        return 'sent';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return [
      attempt(() => port1.postMessage(1, [port1])),
      attempt(() => port1.postMessage(() => 1)),
      attempt(() => contents?.postMessage('x', 1, [port2])),
      attempt(() => contents?.postMessage('x', 1, [port2])),
    ];
  });
  expect(errors).toEqual([
    'Port at index 0 contains the source port.',
    'An object could not be cloned.',
    'sent',
    'Port at index 0 is already neutered',
  ]);
});
