import { readOptions, readPort } from '#simulator/bench/command-line.ts';
import { untilEnded } from '#simulator/bench/until-ended.ts';
import { loadPki } from '../pki/load-pki.ts';
import { pkiFolder } from '../smdp/cli.ts';
import { parseServerFaults } from '../smdp/server-fault.ts';
import { UsageError } from '../usage-error.ts';
import { eventSchema, type DiscoveryEvent } from './event-store.ts';
import { startSmds } from './server.ts';

/** `simulator smds [--port P] [--pki DIR] [--host NAME] [--event EID=EVENT@ADDRESS]… [--fault SPEC] [--state DIR] [--json] [--until-eof]` */
export async function run(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv, {
    port: { type: 'string' },
    pki: { type: 'string' },
    host: { type: 'string' },
    event: { type: 'string', multiple: true },
    fault: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
    'until-eof': { type: 'boolean' },
  });
  const events = (options.event ?? []).map(parseEvent);
  const faults = parseServerFaults(options.fault ?? '');
  const port = readPort('port', options.port);
  const ended = untilEnded({ untilEof: options['until-eof'] === true });
  const smds = await startSmds({
    stateDir: options.state ?? null,
    port,
    pki: loadPki(pkiFolder(options.pki, options.state)),
    faults,
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  for (const event of events) smds.registerEvent(event);
  const { address, controlUrl, tlsRootPem } = smds;
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ready: true, smds: { address, controlUrl, tlsRootPem } })}\n`
      : `SM-DS: ${address}\n  control ${controlUrl}/_bench/events\n`,
  );
  await ended;
  await smds.close();
}

/** `EID=EVENT@ADDRESS`. @throws UsageError */
function parseEvent(text: string): DiscoveryEvent {
  const [, eid, eventId, rspServerAddress] = /^([^=]*)=([^@]*)@(.*)$/.exec(text) ?? [];
  const event = eventSchema.safeParse({ eventId, eid, rspServerAddress });
  if (!event.success) throw new UsageError(`"${text}" is not EID=EVENT@ADDRESS.`);
  return event.data;
}
