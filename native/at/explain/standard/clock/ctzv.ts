import type { LineDecoder } from '../../explanation.ts';
import { timeZoneNews } from './time-zone-news.ts';

export const ctzv: readonly LineDecoder[] = [
  { kind: 'ctzv', names: ['+CTZV'], specification: '3GPP TS 27.007 §8.41', decode: timeZoneNews },
];
