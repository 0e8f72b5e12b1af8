import { join } from 'node:path';
import { readOptions, readPort } from '#simulator/bench/command-line.ts';
import { untilEnded } from '#simulator/bench/until-ended.ts';
import { loadPki } from '../pki/load-pki.ts';
import { parseServerFaults } from './server-fault.ts';
import { sampleOrders } from './sample-orders.ts';
import { startSmdp } from './server.ts';

/** `simulator smdp [--port P] [--pki DIR] [--host NAME] [--fault SPEC] [--state DIR] [--json] [--until-eof]` */
export async function run(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv, {
    port: { type: 'string' },
    pki: { type: 'string' },
    host: { type: 'string' },
    fault: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
    'until-eof': { type: 'boolean' },
  });
  const port = readPort('port', options.port);
  const faults = parseServerFaults(options.fault ?? '');
  const ended = untilEnded({ untilEof: options['until-eof'] === true });
  const smdp = await startSmdp({
    stateDir: options.state ?? null,
    port,
    pki: loadPki(pkiFolder(options.pki, options.state)),
    faults,
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  const { address, controlUrl, tlsRootPem } = smdp;
  const activationCodes = sampleOrders.map(({ matchingId }) => smdp.activationCode(matchingId) ?? '');
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ready: true, smdp: { address, controlUrl, tlsRootPem, activationCodes } })}\n`
      : `SM-DP+: ${address}\n  control ${controlUrl}/_bench/orders\n${activationCodes.map((code) => `  ${code}\n`).join('')}`,
  );
  await ended;
  await smdp.close();
}

/** Certificates beside the state when nobody says otherwise, so that they outlive the process as the state does. */
export function pkiFolder(given: string | undefined, stateDir: string | undefined): string | null {
  return given ?? (stateDir === undefined ? null : join(stateDir, 'pki'));
}
