import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const zusimr: readonly LineDecoder[] = [
  {
    kind: 'zusimr',
    names: ['+ZUSIMR'],
    specification: 'ZTE AT commands reference guide, +ZUSIMR',
    decode: (rest) => readFields(rest, [['state', whole]]),
  },
];
