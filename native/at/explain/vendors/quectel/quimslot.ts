import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const quimslot: readonly LineDecoder[] = [
  {
    kind: 'quimslot',
    names: ['+QUIMSLOT'],
    specification: 'Quectel AT commands manuals, +QUIMSLOT',
    decode: (rest) => readFields(rest, [['slot', whole]]),
  },
];
