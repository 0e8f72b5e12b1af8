import { readOptions, readPort } from '#simulator/bench/command-line.ts';
import { untilEnded } from '#simulator/bench/until-ended.ts';
import { startMail } from './server.ts';

/** `simulator mail [--port P] [--inbox-port P] [--state DIR] [--json] [--until-eof]` */
export async function run(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv, {
    port: { type: 'string' },
    'inbox-port': { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
    'until-eof': { type: 'boolean' },
  });
  const mail = await startMail({
    stateDir: options.state ?? null,
    port: readPort('port', options.port),
    inboxPort: readPort('inbox-port', options['inbox-port']),
  });
  const { smtpUrl, inboxUrl } = mail;
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ready: true, mail: { smtpUrl, inboxUrl } })}\n`
      : `Mail sink: ${smtpUrl}\n  inbox ${inboxUrl}/\n`,
  );
  await untilEnded({ untilEof: options['until-eof'] === true });
  await mail.close();
}
