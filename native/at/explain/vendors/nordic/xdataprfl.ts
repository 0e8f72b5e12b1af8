import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const xdataprfl: readonly LineDecoder[] = [
  {
    kind: 'nrf-xdataprfl',
    names: ['%XDATAPRFL'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %XDATAPRFL',
    decode: (rest) => readFields(rest, [['dataProfile', whole]]),
  },
];
