import { DeviceError, isDeviceError, type DeviceErrorCode } from '../../errors.ts';
import { findPortHolder } from './port-holder.ts';
import { explainPortPermission } from './port-permission.ts';

/** What the binding says when a port cannot be opened; it has sentences of the system and no numbers. The first that fits counts. */
const openFailures: readonly (readonly [RegExp, DeviceErrorCode])[] = [
  [/cannot lock|resource temporarily unavailable|device or resource busy/i, 'PORT_BUSY'],
  // Windows has no permissions on ports: it refuses the second program with these words.
  [/access denied/i, 'PORT_BUSY'],
  [/permission denied|operation not permitted/i, 'PORT_PERMISSION'],
];

/** The code of a failed opening. What is there but is no serial port ("Inappropriate ioctl") is as good as not there. */
export function openError(error: unknown, path: string): DeviceError {
  if (isDeviceError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const code = openFailures.find(([pattern]) => pattern.test(reason))?.[1] ?? 'PORT_NOT_FOUND';
  return new DeviceError(code, { port: path, reason }, { cause: error });
}

/** The same, with what the system knows besides: who holds the port, or whose it is. */
export async function explainOpenError(error: unknown, path: string): Promise<DeviceError> {
  const failure = openError(error, path);
  const more =
    failure.code === 'PORT_PERMISSION' ? await explainPortPermission(path) : failure.code === 'PORT_BUSY' ? await holderOf(path) : null;
  return more === null ? failure : new DeviceError(failure.code, { ...failure.details, ...more }, { cause: error });
}

async function holderOf(path: string): Promise<{ readonly holder: string; readonly holderPid: number } | null> {
  const holder = await findPortHolder(path);
  return holder === null || holder.name === '' ? null : { holder: holder.name, holderPid: holder.pid };
}
