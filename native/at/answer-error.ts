import { DeviceError } from '../errors.ts';

/** An answer that cannot be read. The answer itself is not among the details: it can hold an identifier. */
export function answerError(command: string, lines: readonly string[]): DeviceError {
  return new DeviceError('AT_ANSWER', { command, lines: lines.length });
}
