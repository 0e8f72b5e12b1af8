import { DeviceError, type DeviceErrorCode } from '../../errors.ts';

/** What the binding says when a port cannot be opened; it has sentences of the system and no numbers. The first that fits counts. */
const openFailures: readonly (readonly [RegExp, DeviceErrorCode])[] = [
  [/cannot lock|resource temporarily unavailable|device or resource busy/i, 'PORT_BUSY'],
  // Windows has no permissions on ports: it refuses the second program with these words.
  [/access denied/i, 'PORT_BUSY'],
  [/permission denied|operation not permitted/i, 'PORT_PERMISSION'],
];

/** The code of a failed opening. What is there but is no serial port ("Inappropriate ioctl") is as good as not there. */
export function openError(error: unknown, path: string): DeviceError {
  const reason = error instanceof Error ? error.message : String(error);
  const code = openFailures.find(([pattern]) => pattern.test(reason))?.[1] ?? 'PORT_NOT_FOUND';
  return new DeviceError(code, { port: path, reason }, { cause: error });
}
