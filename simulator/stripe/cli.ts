import { readOptions, readPort, readUrl } from '#simulator/bench/command-line.ts';
import { untilEnded } from '#simulator/bench/until-ended.ts';
import { startStripe } from './server.ts';

/** `simulator stripe [--port P] [--webhook URL] [--state DIR] [--json] [--until-eof]` */
export async function run(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv, {
    port: { type: 'string' },
    webhook: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
    'until-eof': { type: 'boolean' },
  });
  const webhookUrl = readUrl('webhook', options.webhook);
  const stripe = await startStripe({
    stateDir: options.state ?? null,
    port: readPort('port', options.port),
    ...(webhookUrl === null ? {} : { webhookUrl }),
  });
  const { url, secretKey, webhookSecret } = stripe;
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ready: true, stripe: { url, secretKey, webhookSecret } })}\n`
      : `Payment stand-in: ${url}\n  secret key     ${secretKey}\n  webhook secret ${webhookSecret}\n  control        ${url}/_bench/ledger\n`,
  );
  await untilEnded({ untilEof: options['until-eof'] === true });
  await stripe.close();
}
