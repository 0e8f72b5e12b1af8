import { parseArgs } from 'node:util';
import { openInBrowser } from '../create-shell.ts';
import { startWeb, type WebOptions } from './start-web.ts';

const usage = 'Usage: web [--port PORT] [--no-open] [--data-dir DIR]';

/**
 * Starts the web shell, prints its address, opens the browser and stays until it is asked to end (SIGINT, SIGTERM).
 * `extraRoots`: PEM of roots that profile servers may chain to besides the GSMA's.
 * Sets the exit status: 1 when it could not start, 2 for wrong usage.
 */
export async function runWeb(argv: readonly string[], extraRoots: readonly string[] = []): Promise<void> {
  let options: WebOptions & { readonly open: boolean };
  try {
    options = readArguments(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    const asked = new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
    const web = await startWeb({ ...options, extraRoots });
    process.stdout.write(`LEB Companion: ${web.url}\n`);
    if (options.open) await openInBrowser(web.url);
    await asked;
    await web.close();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

function readArguments(argv: readonly string[]): WebOptions & { readonly open: boolean } {
  const { values } = parseArgs({
    args: [...argv],
    options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false }, 'data-dir': { type: 'string' } },
    strict: true,
  });
  const port = values.port === undefined ? 0 : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port wants a number between 0 and 65535, not "${values.port}".`);
  return { port, open: !values['no-open'], ...(values['data-dir'] === undefined ? {} : { dataDir: values['data-dir'] }) };
}
