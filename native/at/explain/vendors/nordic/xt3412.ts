import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const xt3412: readonly LineDecoder[] = [
  {
    kind: 'nrf-xt3412',
    names: ['%XT3412'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %XT3412',
    decode: (rest) => readFields(rest, [['remainingMilliseconds', whole]]),
  },
];
