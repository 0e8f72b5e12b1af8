import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';

export const cgerep: readonly LineDecoder[] = [
  {
    kind: 'cgerep-test',
    names: ['+CGEREP'],
    specification: '3GPP TS 27.007 §10.1.19',
    form: 'test',
    decode: (rest) => ({
      modes: numbersOf(splitGroups(rest)[0]).flatMap(
        (mode) => ['discard-urcs', 'discard-urcs-if-link-reserved', 'buffer-urcs-if-link-reserved'][mode] ?? [],
      ),
    }),
  },
];
