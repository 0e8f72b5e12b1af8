import type { LineDecoder } from '../../explanation.ts';
import { readFields, signed, whole, word } from '../../readers.ts';

export const gtsenrdtemp: readonly LineDecoder[] = [
  {
    kind: 'gtsenrdtemp',
    names: ['+GTSENRDTEMP'],
    specification: 'Fibocom FM350 and L8 AT commands manuals, +GTSENRDTEMP',
    decode(rest) {
      const value = readFields(
        rest,
        [
          ['sensor', whole],
          ['milliCelsius', signed],
          ['name', word],
        ],
        2,
      );
      return value === null ? null : { ...value, celsius: Number(value['milliCelsius']) / 1_000 };
    },
  },
];
