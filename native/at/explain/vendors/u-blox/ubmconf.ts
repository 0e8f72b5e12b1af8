import type { LineDecoder } from '../../explanation.ts';
import { choice, readFields } from '../../readers.ts';

export const ubmconf: readonly LineDecoder[] = [
  {
    kind: 'ubmconf',
    names: ['+UBMCONF'],
    specification: 'u-blox cellular modules AT commands manual, +UBMCONF',
    decode: (rest) => readFields(rest, [['mode', choice([null, 'router', 'bridge'])]]),
  },
];
