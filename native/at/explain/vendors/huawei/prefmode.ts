import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';
import { bothModes } from './both-modes.ts';

const preferredModes: ReadonlyMap<number, ExplainedFields> = new Map([
  [2, { allowed: bothModes, preferred: ['2g'] }],
  [4, { allowed: bothModes, preferred: ['3g'] }],
  [8, { allowed: bothModes, preferred: [] }],
]);

export const prefmode: readonly LineDecoder[] = [
  {
    kind: 'prefmode-test',
    names: ['^PREFMODE'],
    specification: 'Huawei AT command interface specification, ^PREFMODE',
    form: 'test',
    decode(rest) {
      const modes = numbersOf(splitGroups(rest)[0]).flatMap((prefmode) => {
        const mode = preferredModes.get(prefmode);
        return mode === undefined ? [] : [{ prefmode, ...mode }];
      });
      return modes.length === 0 ? null : { modes };
    },
  },
  {
    kind: 'prefmode',
    names: ['^PREFMODE'],
    specification: 'Huawei AT command interface specification, ^PREFMODE',
    decode: (rest) => preferredModes.get(whole(rest) ?? -1) ?? null,
  },
];
