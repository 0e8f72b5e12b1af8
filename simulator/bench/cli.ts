import { readOptions, readUrl } from './command-line.ts';
import { startBench, type BenchAddresses } from './start-bench.ts';
import { untilEnded } from './until-ended.ts';

/** `simulator bench [--json] [--state DIR] [--webhook URL] [--until-eof]` */
export async function run(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv, {
    json: { type: 'boolean' },
    state: { type: 'string' },
    webhook: { type: 'string' },
    'until-eof': { type: 'boolean' },
  });
  const webhookUrl = readUrl('webhook', options.webhook);
  const ended = untilEnded({ untilEof: options['until-eof'] === true });
  const bench = await startBench({ stateDir: options.state ?? null, ...(webhookUrl === null ? {} : { webhookUrl }) });
  const { stripe, mail, carrier, smdp, smds } = bench;
  const addresses: BenchAddresses = { stripe, mail, carrier, smdp, smds };
  process.stdout.write(options.json === true ? `${JSON.stringify({ ready: true, ...addresses })}\n` : describe(addresses));
  await ended;
  await bench.close();
}

function describe({ stripe, mail, carrier, smdp, smds }: BenchAddresses): string {
  return [
    `Payment stand-in  ${stripe.url}`,
    `  secret key      ${stripe.secretKey}`,
    `  webhook secret  ${stripe.webhookSecret}`,
    `Mail              ${mail.smtpUrl}`,
    `  inbox           ${mail.inboxUrl}/`,
    `Carrier           ${carrier.url}`,
    `SM-DP+            ${smdp.address}`,
    `  orders          ${smdp.controlUrl}/_bench/orders`,
    `SM-DS             ${smds.address}`,
    `  events          ${smds.controlUrl}/_bench/events`,
    '',
  ].join('\n');
}
