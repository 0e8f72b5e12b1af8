import type { Kit } from '../command-kit.ts';

/** The window in a browser. Its own program does the work, and sets the exit status. */
export function addWebCommand(kit: Kit): void {
  const { words } = kit;
  kit
    .command(null, 'web', '', async ({ options }, { option, flag }) => {
      const { runWeb } = await import('../../web/run-web.ts');
      const { readRoots } = await import('../read-roots.ts');
      const port = option('port');
      // Which hardware it shows is of the environment, as for every program that has no option for it.
      process.env['LEB_BENCH'] = options.simulate ? 'on' : 'off';
      if (options.serial.length > 0) process.env['LEB_SERIAL_PORTS'] = [process.env['LEB_SERIAL_PORTS'] ?? '', ...options.serial].join(':');
      await runWeb(
        [
          ...(port === null ? [] : ['--port', port]),
          ...(flag('open') ? [] : ['--no-open']),
          ...(options.dataDir === null ? [] : ['--data-dir', options.dataDir]),
        ],
        await readRoots(options.ca, words),
      );
      return { data: null, text: '' };
    })
    .option('--port <PORT>', words.say('option.port'))
    .option('--no-open', words.say('option.noOpen'));
}
