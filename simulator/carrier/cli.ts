import { readOptions, readPort, readUrl } from '#simulator/bench/command-line.ts';
import { UsageError } from '#simulator/usage-error.ts';
import { untilEnded } from '#simulator/bench/until-ended.ts';
import { startCarrier } from './server.ts';

/** `simulator carrier [--port P] [--sms URL] [--apply-after MS] [--state DIR] [--json] [--until-eof]` */
export async function run(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv, {
    port: { type: 'string' },
    sms: { type: 'string' },
    'apply-after': { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
    'until-eof': { type: 'boolean' },
  });
  const applyAfter = options['apply-after'];
  if (applyAfter !== undefined && !/^\d{1,7}$/.test(applyAfter)) {
    throw new UsageError(`--apply-after wants milliseconds, not "${applyAfter}".`);
  }
  const carrier = await startCarrier({
    stateDir: options.state ?? null,
    port: readPort('port', options.port),
    smsUrl: readUrl('sms', options.sms),
    ...(applyAfter === undefined ? {} : { applyAfter: Number(applyAfter) }),
  });
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ ready: true, carrier: { url: carrier.url } })}\n` : `Carrier: ${carrier.url}\n`,
  );
  await untilEnded({ untilEof: options['until-eof'] === true });
  await carrier.close();
}
