import { splitFields } from '../../../line-fields.ts';
import { decodeUcs2 } from '../../charset.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { splitGroups } from '../../groups.ts';
import { choice, namedFields, whole, word } from '../../readers.ts';
import { technologyName } from '../../technology-name.ts';

/** `<stat>` of an operator found, 3GPP TS 27.007 §7.3. */
const operatorStates = ['unknown', 'available', 'current', 'forbidden'];

/**
 * An operator of the scan. Old modems leave out the technology, which is GSM then (TS 27.007 §7.3), or put no name where there is only a number.
 */
function scannedOperator(group: string): ExplainedFields | null {
  const [state = '', long = '', short = '', code = '', technology = ''] = splitFields(group);
  const status = choice(operatorStates)(state);
  if (status === null || !/^\d{5,7}$/.test(decodeUcs2(code))) return null;
  const act = technology === '' ? 0 : whole(technology);
  return {
    status,
    operatorLong: word(decodeUcs2(long)),
    operatorShort: word(decodeUcs2(short)),
    operatorCode: decodeUcs2(code),
    act,
    accessTech: technologyName(act),
  };
}

export const cops: readonly LineDecoder[] = [
  {
    kind: 'cops-scan',
    names: ['+COPS'],
    specification: '3GPP TS 27.007 §7.3',
    form: 'test',
    decode(rest) {
      const networks = splitGroups(rest).flatMap((group) => scannedOperator(group) ?? []);
      return { networks };
    },
  },
  {
    kind: 'cops-query',
    names: ['+COPS'],
    specification: '3GPP TS 27.007 §7.3',
    decode(rest) {
      const fields = splitFields(rest);
      const value = namedFields(fields, [
        ['mode', whole],
        ['format', whole],
        ['operator', (text) => word(decodeUcs2(text))],
        ['act', whole],
      ]);
      if (value === null) return null;
      return {
        ...value,
        selection: choice(['automatic', 'manual', 'deregistered', 'format-only', 'manual-then-automatic'])(fields[0] ?? ''),
        technology: technologyName(whole(fields[3] ?? '')),
      };
    },
  },
];
