import type { LineDecoder } from '../../explanation.ts';
import { readFields, word } from '../../readers.ts';

export const hwversion: readonly LineDecoder[] = [
  {
    kind: 'nrf-hwversion',
    names: ['%HWVERSION'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %HWVERSION',
    decode: (rest) => readFields(rest, [['hardwareVersion', word]]),
  },
];
