import type { LineDecoder } from '../../explanation.ts';
import { flag, readFields } from '../../readers.ts';

export const cgatt: readonly LineDecoder[] = [
  {
    kind: 'cgatt',
    names: ['+CGATT'],
    specification: '3GPP TS 27.007 §10.1.9',
    decode: (rest) => readFields(rest, [['attached', flag]]),
  },
];
