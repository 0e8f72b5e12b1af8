// Brings the application up in Electron's order, and serves the test that launched it, if one did.
import { join } from 'node:path';
import type { EvaluateTarget, ToMain, ToTest } from '../shared/control.ts';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { startChromium } from './chromium.ts';
import { controls } from './controls.ts';
import { lifecycle } from './lifecycle.ts';
import { userDataFolder } from './user-data.ts';

const isLaunchedByTest = process.send !== undefined && process.env['ELECTRON_DOUBLE_LAUNCHED'] === '1';
const tell = (message: ToTest): void => void (process.connected && process.send?.(message, undefined, undefined, () => {}));

function findTarget(target: EvaluateTarget, electron: object): unknown {
  if (target.kind === 'electron') return electron;
  const window = BrowserWindow.getAllWindows().find(({ targetId }) => targetId === target.targetId);
  if (!window) throw new Error('the window is closed');
  return window;
}

async function run(message: Exclude<ToMain, { kind: 'go' }>, electron: object): Promise<unknown> {
  if (message.kind === 'double')
    return (controls[message.method as keyof typeof controls] as (...args: readonly unknown[]) => unknown)(...message.args);
  // oxlint-disable-next-line no-eval -- the test's own functions arrive by their source text
  const action = (0, eval)(`(${message.source})`) as (target: unknown, arg: unknown) => unknown;
  return action(findTarget(message.target, electron), message.arg);
}

/** What cannot be cloned comes back as undefined, as with Playwright's own evaluate(). */
function sendable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

function serveTest(electron: object): Promise<void> {
  app.on('browser-window-created', (_event, window: InstanceType<typeof BrowserWindow>) => {
    // Not before its first document: on the empty page a spec would find neither application nor storage.
    window.webContents.once('did-navigate', () => tell({ kind: 'window', targetId: window.targetId }));
  });
  // The test is gone, perhaps killed: nothing may stay behind. Exit handlers end the utility processes and tidy up.
  process.on('disconnect', () => void lifecycle.stop().finally(() => process.exit(1)));
  return new Promise((go) => {
    process.on('message', (message: ToMain) => {
      if (message.kind === 'go') return go();
      run(message, electron).then(
        (value) => tell({ kind: 'result', id: message.id, value: sendable(value) }),
        (error: unknown) =>
          tell({
            kind: 'failure',
            id: message.id,
            message: error instanceof Error ? error.message : String(error),
            stack: error instanceof Error ? (error.stack ?? '') : '',
          }),
      );
    });
  });
}

async function comeUp(electron: object): Promise<void> {
  const chromium = await startChromium({ profile: join(userDataFolder, 'chromium'), locale: app.getLocale() });
  lifecycle.chromium = chromium;
  if (isLaunchedByTest) {
    const go = serveTest(electron);
    tell({ kind: 'hello', endpoint: chromium.endpoint });
    await go; // the test's Playwright is connected, so it misses no window
  }
  app.emit('will-finish-launching');
  lifecycle.markReady();
  app.emit('ready', {}, {});
  if (isLaunchedByTest) tell({ kind: 'ready' });
}

/** Called when the application imports `electron`. Its own script runs first: it may give up for want of the instance lock. */
export function start(electron: object): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  setImmediate(() => {
    comeUp(electron).catch((error: unknown) => {
      console.error(`the Electron double could not start: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    });
  });
}
