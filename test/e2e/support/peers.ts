/** What the peers of the bench know: the inbox, and the payment provider's book. */
import { z } from 'zod';

const message = z.object({ to: z.array(z.string()).or(z.string()), subject: z.string(), text: z.string() });
export type Mail = z.infer<typeof message>;

async function readJson(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
}

export async function readInbox(inboxUrl: string): Promise<readonly Mail[]> {
  const read = await readJson(new URL('/messages', inboxUrl).href);
  return z.union([z.array(message), z.object({ messages: z.array(message) }).transform(({ messages }) => messages)]).parse(read);
}

const ledger = z.object({
  charges: z.array(z.object({ amount: z.int(), currency: z.string(), status: z.string(), paid: z.boolean() })),
  refunds: z.array(z.object({ amount: z.int() })),
});

/** Every charge that the provider holds, refused attempts included. */
export async function readLedger(stripeUrl: string): Promise<z.infer<typeof ledger>> {
  return ledger.parse(await readJson(new URL('/_bench/ledger', stripeUrl).href));
}
