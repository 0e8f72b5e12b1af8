import { describe, expect, it } from 'vitest';
import { createDeviceQueue } from './device-queue.ts';

describe('device queue', () => {
  it('does one thing at a time, the person before the poll', async () => {
    const queue = createDeviceQueue();
    const seen: string[] = [];
    let running = 0;
    const work = (name: string) => async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      seen.push(name);
      running -= 1;
      return name;
    };
    const results = await Promise.all([
      queue.run('poll', work('poll 1')),
      queue.run('poll', work('poll 2')),
      queue.run('user', work('user 1')),
      queue.run('user', work('user 2')),
    ]);
    expect(seen).toEqual(['poll 1', 'user 1', 'user 2', 'poll 2']);
    expect(results).toEqual(['poll 1', 'poll 2', 'user 1', 'user 2']);
    expect(queue.busy).toBe(false);
  });

  it('goes on after a failure', async () => {
    const queue = createDeviceQueue();
    const failing = queue.run('user', () => Promise.reject(new Error('no')));
    const after = queue.run('user', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await after).toBe('yes');
  });

  it('takes out what is cancelled while it waits', async () => {
    const queue = createDeviceQueue();
    const stop = new AbortController();
    const gate = Promise.withResolvers<void>();
    const first = queue.run('user', () => gate.promise);
    let begun = false;
    const second = queue.run(
      'user',
      () => {
        begun = true;
        return Promise.resolve();
      },
      stop.signal,
    );
    stop.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    gate.resolve();
    await first;
    expect(begun).toBe(false);
  });
});
