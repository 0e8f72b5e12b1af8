import type { LineDecoder } from '../../explanation.ts';
import { choice, readFields, whole } from '../../readers.ts';

export const srvst: readonly LineDecoder[] = [
  {
    kind: 'srvst',
    names: ['^SRVST'],
    specification: 'Huawei AT command interface specification, ^SRVST',
    decode: (rest) =>
      readFields(`${rest},${rest}`, [
        ['number', whole],
        ['service', choice(['none', 'restricted', 'valid', 'restricted-regional', 'power-saving'])],
      ]),
  },
];
