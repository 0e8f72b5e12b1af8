import { scaled } from '../../readers.ts';

export const snr = scaled(-100, 100, (index) => index / 2);
