import { scaled } from '../../readers.ts';

/**
 * Levels are the lower end of the step that the number stands for (3GPP TS 27.007 §8.69): RSRP 0 is below −140 dBm, 1 is −140 … −139, and so on.
 */
export const gsmRssi = scaled(0, 63, (index) => index - 111);
export const utraRscp = scaled(0, 96, (index) => index - 121);
export const utraEcio = scaled(0, 49, (index) => index / 2 - 24.5);
export const eutraRsrq = scaled(0, 34, (index) => index / 2 - 20);
export const eutraRsrp = scaled(0, 97, (index) => index - 141);
/** NR: 3GPP TS 38.133 §10.1.6, §10.1.11 and §10.1.16. */
export const nrRsrp = scaled(0, 126, (index) => index - 157);
export const nrRsrq = scaled(0, 126, (index) => index / 2 - 43.5);
export const nrSinr = scaled(0, 127, (index) => index / 2 - 23.5);
