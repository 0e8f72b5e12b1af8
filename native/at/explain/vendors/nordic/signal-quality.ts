import type { ExplainedFields } from '../../explanation.ts';
import { scaled, signed } from '../../readers.ts';

/** Nordic counts from the upper end of a step, where the standard has the lower one: both are true of a step of one decibel. */
export const rsrp = scaled(-17, 97, (index) => index - 140);
const rsrq = scaled(-30, 46, (index) => index / 2 - 19.5);
export const snr = scaled(0, 49, (index) => index - 24);

export function signalQuality(level: string, quality: string, noise?: string): ExplainedFields {
  return {
    rsrp: signed(level),
    rsrpDecibel: rsrp(level),
    rsrq: signed(quality),
    rsrqDecibel: rsrq(quality),
    ...(noise === undefined ? {} : { snr: signed(noise), snrDecibel: snr(noise) }),
  };
}
