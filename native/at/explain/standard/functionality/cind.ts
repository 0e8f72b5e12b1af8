import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';

/** Names of indicators as makers write them, in one way: `Voice Mail` and `voicemail` are one. */
function indicatorName(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

export const cind: readonly LineDecoder[] = [
  {
    kind: 'cind-test',
    names: ['+CIND'],
    specification: '3GPP TS 27.007 §8.9',
    form: 'test',
    decode(rest) {
      const indicators = splitGroups(rest).map((group, position): ExplainedFields | null => {
        const [name = '', range] = splitGroups(group);
        const values = numbersOf(range);
        const [min, max] = [values[0], values.at(-1)];
        if (min === undefined || max === undefined) return null;
        return { index: position + 1, desc: indicatorName(name), min, max };
      });
      return { indicators: indicators.filter((indicator) => indicator !== null) };
    },
  },
  {
    kind: 'cind',
    names: ['+CIND'],
    specification: '3GPP TS 27.007 §8.9',
    decode: (rest) => ({ values: splitFields(rest).map(whole) }),
  },
];
