import { DeviceError } from '../errors.ts';

export type AtPriority = 'user' | 'poll';

/** What the queue needs to know of a request. */
export type QueuedRequest = { readonly label: string; reject(error: DeviceError): void };

export type RequestQueue<Request extends QueuedRequest> = {
  add(request: Request, priority: AtPriority): void;
  /** Takes out the next one: what the person asked for, then, if `polls`, polling unless it is held. */
  next(polls: boolean): Request | null;
  readonly waiting: boolean;
  /** Keeps polling waiting, each request for a limited time, until the returned function is called. */
  hold(): () => void;
  /** Takes out everything. */
  clear(): readonly Request[];
};

/** The person's requests before polling, each in the order of its coming. `onReleased` is called when polling may go on. */
export function createRequestQueue<Request extends QueuedRequest>(heldPollMs: number, onReleased: () => void): RequestQueue<Request> {
  const user: Request[] = [];
  const poll: Request[] = [];
  const timers = new Map<Request, NodeJS.Timeout>();
  let holds = 0;

  function arm(request: Request): void {
    if (timers.has(request)) return;
    const timer = setTimeout(() => {
      timers.delete(request);
      poll.splice(poll.indexOf(request), 1);
      request.reject(new DeviceError('DEVICE_BUSY', { command: request.label }));
    }, heldPollMs);
    timers.set(request, timer);
  }

  function disarm(request: Request): void {
    clearTimeout(timers.get(request));
    timers.delete(request);
  }

  return {
    add(request, priority) {
      (priority === 'user' ? user : poll).push(request);
      if (priority === 'poll' && holds > 0) arm(request);
    },
    next(polls) {
      const first = user.shift() ?? (polls && holds === 0 ? poll.shift() : undefined);
      if (first === undefined) return null;
      disarm(first);
      return first;
    },
    get waiting() {
      return user.length > 0 || (holds === 0 && poll.length > 0);
    },
    hold() {
      holds += 1;
      poll.forEach(arm);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        holds -= 1;
        if (holds > 0) return;
        poll.forEach(disarm);
        onReleased();
      };
    },
    clear() {
      const all = [...user.splice(0), ...poll.splice(0)];
      all.forEach(disarm);
      return all;
    },
  };
}
