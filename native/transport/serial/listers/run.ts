import { execFile } from 'node:child_process';

const deadlineMs = 20_000;

/** What a command of the system prints. Rejects where it is missing, fails or is late. */
export function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: deadlineMs, maxBuffer: 16_777_216, windowsHide: true } as const;
    execFile(command, args, options, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
  });
}
