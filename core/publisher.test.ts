import { describe, expect, it } from 'vitest';
import { createPublisher } from './publisher.ts';

describe('publisher', () => {
  it('gives the present value first and then each change', async () => {
    const publisher = createPublisher(1);
    const values = publisher.subscribe();
    expect(await values.next()).toEqual({ done: false, value: 1 });
    const next = values.next();
    publisher.publish(2);
    expect(await next).toEqual({ done: false, value: 2 });
  });

  it('skips what a slow subscriber missed', async () => {
    const publisher = createPublisher(0);
    const values = publisher.subscribe();
    for (let count = 1; count <= 1000; count += 1) publisher.publish(count);
    expect(await values.next()).toEqual({ done: false, value: 1000 });
  });

  it('wakes a waiting subscriber and forgets it when the signal aborts', async () => {
    const publisher = createPublisher('a');
    const stop = new AbortController();
    const values = publisher.subscribe(stop.signal);
    await values.next();
    const next = values.next();
    expect(publisher.subscriberCount).toBe(1);
    stop.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(publisher.subscriberCount).toBe(0);
  });

  it('wakes a pending next when the consumer returns', async () => {
    const publisher = createPublisher('a');
    const values = publisher.subscribe();
    await values.next();
    const next = values.next();
    await values.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(publisher.subscriberCount).toBe(0);
  });

  it('gives the last value before it ends on close', async () => {
    const publisher = createPublisher('a');
    const values = publisher.subscribe();
    publisher.publish('b');
    publisher.close();
    const seen: string[] = [];
    for await (const value of values) seen.push(value);
    expect(seen).toEqual(['b']);
    expect(publisher.subscriberCount).toBe(0);
  });

  it('gives nothing under a signal that was aborted before, and leaves no subscriber', async () => {
    const publisher = createPublisher('a');
    const values = publisher.subscribe(AbortSignal.abort());
    expect(await values.next()).toEqual({ done: true, value: undefined });
    expect(publisher.subscriberCount).toBe(0);
  });
});
