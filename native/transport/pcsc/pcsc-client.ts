import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { DeviceError } from '../../errors.ts';
import { type PcscCalls, type PcscReady, type PcscReply, type PcscRequest, pcscWorkerMain } from './pcsc-worker.ts';

/** PC/SC as asynchronous calls; failures are plain errors with the sentence of the package (`pcsc_errors.h`), which has no numbers. */
export type PcscClient = {
  call<Method extends keyof PcscCalls>(
    method: Method,
    args: Parameters<PcscCalls[Method]>,
    options?: { readonly deadlineMs?: number },
  ): Promise<ReturnType<PcscCalls[Method]>>;
};

/** Values of winscard.h, the same on every system. */
export const scard = {
  shareExclusive: 1,
  protocolT0: 1,
  protocolT1: 2,
  leaveCard: 0,
  unpowerCard: 2,
  stateChanged: 0x0002,
  stateUnknown: 0x0004,
  stateUnavailable: 0x0008,
  statePresent: 0x0020,
  stateExclusive: 0x0080,
  stateMute: 0x0200,
} as const;

/** Calls that only ask the service; it answers in microseconds or hangs. */
const deadlineMs = 5_000;

/**
 * One worker a process, not one a transport: the native part keeps its classes in static variables and may be loaded once only.
 * It is started by the first call, and keeps the process alive only while somebody waits for an answer.
 */
let running: Promise<PcscClient> | null = null;

/** @throws DeviceError PCSC_MISSING where the package is not installed or not built, or the system's PC/SC library is not there */
export function pcscClient(): Promise<PcscClient> {
  running ??= startWorker().catch((error: unknown) => {
    running = null;
    throw error;
  });
  return running;
}

async function startWorker(): Promise<PcscClient> {
  const worker = new Worker(`(${pcscWorkerMain.toString()})()`, { eval: true, workerData: resolvePackage() });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;

  await new Promise<void>((resolve, reject) => {
    worker.once('message', ({ ready, reason }: PcscReady) => {
      if (ready) resolve();
      else reject(new DeviceError('PCSC_MISSING', { reason }));
    });
    worker.once('error', (cause) => reject(new DeviceError('PCSC_MISSING', { reason: reasonOf(cause) }, { cause })));
  });

  const settle = (id: number): { resolve(value: unknown): void; reject(error: Error): void } | undefined => {
    const entry = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return entry;
  };
  worker.on('message', (reply: PcscReply) => {
    const entry = settle(reply.id);
    if ('failure' in reply) entry?.reject(new Error(reply.failure));
    else entry?.resolve(reply.value);
  });
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    running = null;
    for (const id of waiting.keys()) settle(id)?.reject(new Error('PC/SC service stopped'));
  });
  worker.unref();

  return {
    call: (method, args, options = {}) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const id = lastId;
        const timer = setTimeout(() => settle(id)?.reject(new Error('deadline')), options.deadlineMs ?? deadlineMs);
        waiting.set(id, {
          resolve: (value) => {
            clearTimeout(timer);
            resolve(value as never);
          },
          reject: (error) => {
            clearTimeout(timer);
            reject(error);
          },
        });
        worker.ref();
        worker.postMessage({ id, method, args } satisfies PcscRequest, []);
      }),
  };
}

/** Where the package lies. A packed application keeps native packages beside its archive, where the system can load them. */
function resolvePackage(): string {
  try {
    return createRequire(import.meta.url)
      .resolve('smartcard')
      .replace(/\bapp\.asar(?=[\\/])/, 'app.asar.unpacked');
  } catch (cause) {
    throw new DeviceError('PCSC_MISSING', { reason: 'not installed' }, { cause });
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
