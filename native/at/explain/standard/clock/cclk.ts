import type { LineDecoder } from '../../explanation.ts';
import { networkTime } from './network-time.ts';

export const cclk: readonly LineDecoder[] = [
  { kind: 'cclk', names: ['+CCLK'], specification: '3GPP TS 27.007 §8.15', decode: networkTime },
];
