import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { createApplication } from '#core/application.ts';
import type { Shell } from '#core/ports.ts';
import type { DeskRouter } from '#core/router.ts';
import { createMemorySecretStore } from '#core/secrets/login-session-secret-store.ts';
import type { Device } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';

export type Desk = RouterClient<DeskRouter>;
export type OpenApplication = { readonly desk: Desk; close(): Promise<void> };

/** The application in process, with what a test chooses of the world around it. */
export async function openApplication(shell: Partial<Shell>): Promise<OpenApplication> {
  const application = await createApplication({
    kind: 'cli',
    version: '0.0.0-test',
    dataDir: shell.dataDir ?? (await makeFolder()),
    systemLanguage: 'en',
    cardTransports: [],
    serialTransports: [],
    virtualBench: true,
    extraRoots: [],
    secrets: createMemorySecretStore(),
    accountServiceUrl: null,
    startProcess: () => {
      throw new Error('this test starts no process');
    },
    openExternal: () => Promise.resolve(false),
    ...shell,
  });
  return { desk: createRouterClient(application.router), close: () => application.close() };
}

export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'leb-core-'));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** The first value of a watch that fits; fails with the last one that did not. */
export async function until<Value>(
  watch: Promise<AsyncIterable<Value>> | AsyncIterable<Value>,
  fits: (value: Value) => boolean,
  milliseconds = 20_000,
): Promise<Value> {
  let last: Value | undefined;
  const values = (await watch)[Symbol.asyncIterator]();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`nothing fitted in ${milliseconds} ms; last: ${JSON.stringify(last)}`)),
    milliseconds,
  );
  try {
    for (;;) {
      const next = await Promise.race([values.next(), late.promise]);
      if (next.done === true) throw new Error(`the watch ended; last: ${JSON.stringify(last)}`);
      last = next.value;
      if (fits(next.value)) return next.value;
    }
  } finally {
    clearTimeout(timer);
    void values.return?.();
  }
}

export async function untilDevice(desk: Desk, deviceId: string, fits: (device: Device) => boolean, milliseconds?: number): Promise<Device> {
  const find = (devices: readonly Device[]) => devices.find((device) => device.deviceId === deviceId && fits(device));
  const snapshot = await until(desk.devices.watch(), ({ devices }) => find(devices) !== undefined, milliseconds);
  const device = find(snapshot.devices);
  if (device === undefined) throw new Error(`no ${deviceId}`);
  return device;
}

export async function untilTaskEnds(desk: Desk, started: Promise<{ taskId: string }>, milliseconds?: number): Promise<Task> {
  const { taskId } = await started;
  const find = (tasks: readonly Task[]) => tasks.find((task) => task.taskId === taskId && task.state !== 'running');
  const tasks = await until(desk.tasks.watch(), (all) => find(all) !== undefined, milliseconds);
  const task = find(tasks);
  if (task === undefined) throw new Error(`no task ${taskId}`);
  return task;
}
