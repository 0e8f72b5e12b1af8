import { DeviceError, isDeviceError } from '../errors.ts';
import type { EventStream } from './event-stream.ts';
import type { ModemEvent, ModemStatus } from './modem.ts';
import type { StatusReader } from './status-reader.ts';
import type { ModemTimings } from './timings.ts';

export type WaitForProfileOptions = { readonly timeoutMs: number; readonly signal?: AbortSignal };

/**
 * Waits until the card shows the wanted number and a network has accepted it. The modem's news drive it, a slow poll is the safety net, and each
 * look is a whole status, so that card and registration are seen at the same time.
 * @throws DeviceError NOT_REGISTERED (details.state, details.rejectCause, details.profileSeen), SIM_ABSENT, SIM_PIN_REQUIRED, SIM_PUK_REQUIRED,
 *   PORT_CLOSED, CANCELLED
 */
export async function waitForProfile(
  parts: { readonly reader: StatusReader; readonly news: EventStream<ModemEvent>; readonly timings: ModemTimings },
  iccid: string,
  options: WaitForProfileOptions,
): Promise<ModemStatus> {
  const { reader, news, timings } = parts;
  const deadline = performance.now() + options.timeoutMs;
  const patience = Math.min(timings.deniedMs, options.timeoutMs / 2);
  let deniedSince: number | null = null;
  const bell = createBell(news, options.signal);
  try {
    for (;;) {
      if (options.signal?.aborted === true) throw new DeviceError('CANCELLED');
      const status = await look(reader);
      const now = performance.now();
      const present = status?.iccid === iccid;
      if (status !== null && present) {
        if (status.sim === 'pinRequired') throw new DeviceError('SIM_PIN_REQUIRED');
        if (status.sim === 'pukRequired') throw new DeviceError('SIM_PUK_REQUIRED');
        if (status.registration.state === 'home' || status.registration.state === 'roaming') return status;
      }
      if (!present || status?.registration.state !== 'denied') deniedSince = null;
      else deniedSince ??= now;
      const refused = deniedSince !== null && now - deniedSince >= patience;
      if (refused || now >= deadline) throw failure(status, present, reader.rejectCause);
      await bell.rings(Math.max(0, Math.min(timings.pollMs, deadline - now)));
    }
  } finally {
    bell.close();
  }
}

/** The card is being read again and commands may fail; only a closed port is the end. */
async function look(reader: StatusReader): Promise<ModemStatus | null> {
  try {
    return await reader.status('user');
  } catch (error) {
    if (!isDeviceError(error) || error.code === 'PORT_CLOSED') throw error;
    return null;
  }
}

function failure(status: ModemStatus | null, present: boolean, rejectCause: number | null): DeviceError {
  if (status?.sim === 'absent') return new DeviceError('SIM_ABSENT');
  return new DeviceError('NOT_REGISTERED', {
    state: status?.registration.state ?? 'unknown',
    rejectCause: status?.registration.state === 'denied' ? rejectCause : null,
    profileSeen: present,
    sim: status?.sim ?? 'unknown',
  });
}

/** Rings when the modem says something that makes another look worth while: a registration, or the card. */
function createBell(
  news: EventStream<ModemEvent>,
  signal: AbortSignal | undefined,
): { rings(milliseconds: number): Promise<void>; close(): void } {
  let rung = false;
  let wake: (() => void) | null = null;
  function ring(): void {
    rung = true;
    wake?.();
  }
  const stop = news.listen((event) => {
    switch (event.kind) {
      case 'registration':
        // On the way there are many reports; those that change the outcome count.
        if (['home', 'roaming', 'denied'].includes(event.registration.state)) ring();
        return;
      case 'sim':
      case 'closed':
        ring();
        return;
      case 'line':
    }
  });
  signal?.addEventListener('abort', ring);
  return {
    async rings(milliseconds) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      wake = null;
    },
    close() {
      stop();
      signal?.removeEventListener('abort', ring);
    },
  };
}
