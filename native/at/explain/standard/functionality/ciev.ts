import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

export const ciev: readonly LineDecoder[] = [
  {
    kind: 'ciev',
    names: ['+CIEV'],
    specification: '3GPP TS 27.007 §8.10',
    decode: (rest) => {
      const [indicator = '', ...values] = splitFields(rest);
      return indicator === '' ? null : { indicator: whole(indicator) ?? indicator, values: values.map((text) => whole(text) ?? text) };
    },
  },
];
