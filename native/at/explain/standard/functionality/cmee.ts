import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const cmee: readonly LineDecoder[] = [
  { kind: 'cmee', names: ['+CMEE'], specification: '3GPP TS 27.007 §9.1', decode: (rest) => readFields(rest, [['mode', whole]]) },
];
