import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const epinc: readonly LineDecoder[] = [
  {
    kind: 'epinc',
    names: ['+EPINC'],
    specification: 'Fibocom FM350 and L8 AT commands manuals, +EPINC',
    decode(rest) {
      const value = readFields(rest, [
        ['retries', whole],
        ['pin2Retries', whole],
        ['pukRetries', whole],
        ['puk2Retries', whole],
      ]);
      return value === null ? null : { code: 'SIM PIN', ...value };
    },
  },
];
