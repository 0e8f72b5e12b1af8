import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const cmgw: readonly LineDecoder[] = [
  { kind: 'cmgw', names: ['+CMGW'], specification: '3GPP TS 27.005 §3.5.3', decode: (rest) => readFields(rest, [['index', whole]]) },
];
