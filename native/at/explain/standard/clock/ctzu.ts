import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';

export const ctzu: readonly LineDecoder[] = [
  {
    kind: 'ctzu-test',
    names: ['+CTZU'],
    specification: '3GPP TS 27.007 §8.40; 3 is Quectel’s',
    form: 'test',
    decode(rest) {
      const numbers = numbersOf(splitGroups(rest)[0]);
      if (numbers.length === 0) return null;
      return { disable: numbers.includes(0), enable: numbers.includes(1), enableUpdateRtc: numbers.includes(3) };
    },
  },
];
