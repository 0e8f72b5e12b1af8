import { LebError } from '#contract/errors.ts';
import { DeviceError, isDeviceError } from '#native/errors.ts';
import type { Modem } from '#native/modem/modem.ts';
import { pause } from '../clock.ts';

/** Some modems leave their bus only after most of a minute. */
const staysAtMost = 60_000;
const backAgainWithin = 150_000;
const lookEvery = 250;

/**
 * The modem that speaks after a restart: over a port opened anew, whatever its name, or over one that never closed.
 * @param modem the open modem of the device; throws while there is none
 * @throws DeviceError PORT_CLOSED where it does not come back, CANCELLED
 */
export async function untilModemReturns(modem: () => Modem | null, before: Modem, signal: AbortSignal): Promise<Modem> {
  const begun = performance.now();
  while (performance.now() - begun < backAgainWithin) {
    if (!(await pause(lookEvery, signal))) throw new DeviceError('CANCELLED');
    const now = openNow(modem);
    if (now !== null && (now !== before || performance.now() - begun > staysAtMost)) return now;
  }
  throw new DeviceError('PORT_CLOSED', { reason: 'not back' });
}

function openNow(modem: () => Modem | null): Modem | null {
  try {
    return modem();
  } catch (error) {
    if (isDeviceError(error) || error instanceof LebError) return null;
    throw error;
  }
}
