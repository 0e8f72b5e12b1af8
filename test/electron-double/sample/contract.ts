// What the window may ask of the application.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

const bytes = z.instanceof(Uint8Array<ArrayBuffer>);

export const contract = {
  greet: oc.input(z.object({ name: z.string().min(1) })).output(z.object({ greeting: z.string() })),
  add: oc.input(z.object({ a: z.number(), b: z.number() })).output(z.number()),
  reverse: oc.input(bytes).output(bytes),
  describe: oc
    .input(
      z.object({
        when: z.date(),
        big: z.bigint(),
        tags: z.set(z.string()),
        table: z.map(z.string(), z.number()),
        nothing: z.undefined().optional(),
      }),
    )
    .output(z.array(z.string())),
  readCard: oc.errors({ CARD_REMOVED: { message: 'The card was removed', data: z.object({ reader: z.string() }) } }).output(z.string()),
  count: oc.input(z.object({ every: z.number() })).output(eventIterator(z.object({ n: z.number() }))),
  openStreams: oc.output(z.number()),
};
