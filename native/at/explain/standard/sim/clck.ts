import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const clck: readonly LineDecoder[] = [
  {
    kind: 'clck',
    names: ['+CLCK'],
    specification: '3GPP TS 27.007 §7.4',
    decode(rest) {
      const value = readFields(rest, [
        ['status', whole],
        ['class', whole],
      ]);
      return value === null ? null : { ...value, enabled: value['status'] === 1 ? true : value['status'] === 0 ? false : null };
    },
  },
];
