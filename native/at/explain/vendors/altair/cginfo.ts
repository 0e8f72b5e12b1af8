import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const cginfo: readonly LineDecoder[] = [
  {
    kind: 'cginfo',
    names: ['%CGINFO'],
    specification: 'Altair AT commands, %CGINFO',
    decode: (rest) => readFields(rest, [['cid', whole]]),
  },
];
