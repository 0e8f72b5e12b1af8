import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * The window's application beside the command, as a person has it: it runs the account service and the bench's servers for both, so that
 * a command need not start them. Without virtual hardware of its own: that is the command's.
 */
export async function openWindowBeside(dataDir: string): Promise<{ close(): Promise<void> }> {
  const program = fileURLToPath(import.meta.resolve('#headless/web/index.ts'));
  const child = spawn(process.execPath, [program, '--no-open', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: dataDir, LANG: 'C.UTF-8', LEB_NO_BROWSER: '1', LEB_BENCH: 'off' },
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error('the window’s application did not start')))]);
  return {
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
