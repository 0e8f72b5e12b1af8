import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const binFolder = join(root, 'node_modules', '.bin');

/** The pinned Node of `node_modules`, whatever the system's own is. */
export function pinnedNode() {
  const inPackage = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(inPackage) ? inPackage : process.execPath;
}

/** The environment in which our programs run: the pinned Node and the packages' commands come first. */
export function environment(extra = {}) {
  return { ...process.env, PATH: [binFolder, process.env.PATH].join(delimiter), ...extra };
}

/** Runs a command to its end with its output shown; resolves with the exit status. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: environment(), ...options });
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}

/** Runs a script of a package's `bin` on the pinned Node. */
export function runTool(packageName, binPath, args, options = {}) {
  return run(pinnedNode(), [join(root, 'node_modules', packageName, binPath), ...args], options);
}

/** Whether a command can be found and answers with status 0. */
export function answers(command, args = ['--version']) {
  return spawnSync(command, args, { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}
