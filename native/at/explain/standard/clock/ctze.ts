import type { LineDecoder } from '../../explanation.ts';
import { timeZoneNews } from './time-zone-news.ts';

export const ctze: readonly LineDecoder[] = [
  { kind: 'ctze', names: ['+CTZE', '+CTZEU'], specification: '3GPP TS 27.007 §8.41', decode: timeZoneNews },
];
