import { createInterface } from 'node:readline';

export type ProcessLife = {
  /** What `remove`, `insert` and the like do when they come as a line on standard input. */
  readonly orders: Readonly<Record<string, () => void>>;
  /** Ends with standard input: for a parent that may die without a word. */
  readonly untilEof: boolean;
};

/** Tells that a simulator is ready: one JSON line, the only thing that it prints. */
export function printReady(facts: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ ready: true, ...facts })}\n`);
}

/** Resolves when the process is told to end. */
export async function untilEnd({ orders, untilEof }: ProcessLife): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const finish = (): void => resolve();
  // A card that was pulled out leaves nothing open that would keep the process, and it is still to be put back.
  const stayAlive = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', finish);
  process.once('SIGINT', finish);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const order = line.trim();
    if (Object.hasOwn(orders, order)) orders[order]?.();
    else if (order !== '') process.stderr.write(`Unknown order "${order}". Known: ${Object.keys(orders).join(', ')}.\n`);
  });
  if (untilEof) lines.on('close', finish);
  await promise;
  clearInterval(stayAlive);
  lines.close();
  process.stdin.destroy();
}
