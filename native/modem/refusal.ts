import type { DeviceError } from '../errors.ts';

/** The modem does not know the command, as opposed to: the card is busy, absent or locked at the moment (3GPP TS 27.007 §9.2.1). */
export function isRefusal(error: DeviceError): boolean {
  if (error.code === 'AT_ERROR' || error.code === 'AT_ANSWER') return true;
  const refusals: readonly unknown[] = [3, 4, 50, 100, null];
  return error.code === 'CME_ERROR' && refusals.includes(error.details['code']);
}
