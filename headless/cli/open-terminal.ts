import { createRouterClient } from '@orpc/server';
import { createApplication } from '#core/application.ts';
import { openSync } from 'node:fs';
import { LebError } from '#contract/errors.ts';
import type { Shell } from '#core/ports.ts';
import { createShell } from '../create-shell.ts';
import { narrowTo } from './narrow.ts';
import { readRoots } from './read-roots.ts';
import type { GlobalOptions, OpenedDesk, Reach } from './terminal.ts';
import { traceHttp, traceShell, type TraceSink } from './trace/trace.ts';
import { createTraceFile } from './trace/trace-file.ts';
import type { Words } from './words.ts';

/** Starts the application in this process. `close` gives every device back and ends what was started. */
export async function openDesk(
  reach: Reach,
  options: GlobalOptions,
  words: Words,
  openPages: () => boolean,
): Promise<OpenedDesk & { close(): Promise<void> }> {
  const extraRoots = await readRoots(options.ca, words);
  const sink: TraceSink | null = options.trace === null ? null : createTraceFile(openTrace(options.trace), options.traceSecrets);
  const named = typeof reach === 'object' && reach.deviceId.startsWith('serial:') ? [reach.deviceId.slice('serial:'.length)] : [];
  const created = await createShell({
    kind: 'cli',
    virtualBench: options.simulate,
    extraRoots,
    serialPaths: [...named.filter((path) => !path.startsWith('virtual-')), ...options.serial],
    ...(options.dataDir === null ? {} : { dataDir: options.dataDir }),
  });
  const narrowed = narrowTo(created.shell, reach);
  const traced: Shell = sink === null ? narrowed : traceShell(narrowed, sink);
  const shell: Shell = { ...traced, openExternal: async (url) => openPages() && traced.openExternal(url) };
  const stopHttp = sink === null ? () => undefined : traceHttp(sink);
  const application = await createApplication(shell);
  const desk = createRouterClient(application.router);
  if (options.lang === null) {
    const stopping = new AbortController();
    for await (const { language } of await desk.settings.watch(undefined, { signal: stopping.signal })) {
      words.speak(language === 'system' ? shell.systemLanguage : language);
      break;
    }
    stopping.abort();
  }
  return {
    desk,
    transports: shell.cardTransports.length + shell.serialTransports.length,
    async close() {
      await application.close();
      await created.close();
      stopHttp();
      sink?.close();
    },
  };
}

function openTrace(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (error) {
    throw new LebError('INPUT_INVALID', { option: '--trace', path }, { cause: error });
  }
}
