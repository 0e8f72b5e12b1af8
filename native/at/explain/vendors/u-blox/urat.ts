import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';
import { modeCombinations } from '../mode-combinations.ts';
import { accessModes } from './access-modes.ts';

export const urat: readonly LineDecoder[] = [
  {
    kind: 'urat-test',
    names: ['+URAT'],
    specification: 'u-blox cellular modules AT commands manual, +URAT',
    form: 'test',
    decode(rest) {
      const [allowed, preferred] = splitGroups(rest);
      const modes = modeCombinations(accessModes, numbersOf(allowed), numbersOf(preferred));
      return modes.length === 0 ? null : { modes };
    },
  },
  {
    kind: 'urat',
    names: ['+URAT'],
    specification: 'u-blox cellular modules AT commands manual, +URAT',
    decode(rest) {
      const [selected = '', preferred = ''] = splitFields(rest);
      const allowed = accessModes.allowed[whole(selected) ?? -1];
      const first = accessModes.preferred[whole(preferred) ?? -1] ?? null;
      return allowed === undefined ? null : { allowed, preferred: first === null ? [] : [first] };
    },
  },
];
