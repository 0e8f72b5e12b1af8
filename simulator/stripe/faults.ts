import { z } from 'zod';

/**
 * What the bench can be told to do wrong, because that is where money is lost. Each fault acts `times` times and is then used up.
 *
 * - `webhook`: the next event (of `type`, if given) is delivered twice, later, never, or after those that follow it.
 * - `api`: the next API call (whose path begins with `path`, if given) is answered 500 or 429, or its connection is cut.
 *   `after` lets the call take effect first: that is the case in which a careless client charges twice.
 */
export const faultInput = z.discriminatedUnion('target', [
  z.strictObject({
    target: z.literal('webhook'),
    kind: z.enum(['duplicate', 'delay', 'drop', 'reorder']),
    type: z.string().optional(),
    milliseconds: z.int().min(0).max(3_600_000).default(2000),
    times: z.int().min(1).max(1000).default(1),
  }),
  z.strictObject({
    target: z.literal('api'),
    kind: z.enum(['500', '429', 'reset']),
    effect: z.enum(['before', 'after']).default('before'),
    path: z.string().startsWith('/v1/').optional(),
    method: z.enum(['GET', 'POST']).optional(),
    times: z.int().min(1).max(1000).default(1),
  }),
]);
export type Fault = z.infer<typeof faultInput>;
export type WebhookFault = Extract<Fault, { target: 'webhook' }>;
export type ApiFault = Extract<Fault, { target: 'api' }>;

/** The faults that wait for their moment, oldest first. */
export class FaultList {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push(fault);
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  takeForEvent(type: string): WebhookFault | null {
    return this.#take((fault): fault is WebhookFault => fault.target === 'webhook' && (fault.type ?? type) === type);
  }

  takeForCall(method: string, path: string): ApiFault | null {
    return this.#take(
      (fault): fault is ApiFault =>
        fault.target === 'api' && (fault.method ?? method) === method && (fault.path === undefined || path.startsWith(fault.path)),
    );
  }

  #take<Wanted extends Fault>(fits: (fault: Fault) => fault is Wanted): Wanted | null {
    const index = this.#waiting.findIndex(fits);
    const fault = this.#waiting[index];
    if (fault === undefined || !fits(fault)) return null;
    if (fault.times > 1) this.#waiting[index] = { ...fault, times: fault.times - 1 };
    else this.#waiting.splice(index, 1);
    return fault;
  }
}
