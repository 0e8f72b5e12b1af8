import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';
import { serviceClasses } from './service-classes.ts';

export const ccwa: readonly LineDecoder[] = [
  {
    kind: 'ccwa-query',
    names: ['+CCWA'],
    specification: '3GPP TS 27.007 §7.12',
    decode(rest, { command }) {
      const fields = splitFields(rest);
      // A number in front is the state of the service; a number to call back comes in quotes and stands alone in unasked lines.
      const state = whole(fields[0] ?? '');
      if (command === null && rest.trimStart().startsWith('"')) return null;
      if (state === null || state > 1 || fields.length > 2) return null;
      const classes = serviceClasses(whole(fields[1] ?? '') ?? 1);
      return { active: state === 1, classes, voiceEnabled: classes.includes('voice') ? state === 1 : null };
    },
  },
  {
    kind: 'ccwa-urc',
    names: ['+CCWA'],
    specification: '3GPP TS 27.007 §7.12',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['number', (text) => text],
          ['type', whole],
          ['class', whole],
        ],
        2,
      ),
  },
];
