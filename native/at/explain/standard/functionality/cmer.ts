import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';

const reportModes = ['discard-urcs', 'discard-urcs-if-link-reserved', 'buffer-urcs-if-link-reserved', 'forward-urcs'];
const indicatorModes = ['disable', 'enable-not-caused-by-cind', 'enable-all'];

export const cmer: readonly LineDecoder[] = [
  {
    kind: 'cmer-test',
    names: ['+CMER'],
    specification: '3GPP TS 27.007 §8.10',
    form: 'test',
    decode(rest) {
      const [modes, , , indicators] = splitGroups(rest);
      return {
        modes: numbersOf(modes).flatMap((mode) => reportModes[mode] ?? []),
        inds: numbersOf(indicators).flatMap((mode) => indicatorModes[mode] ?? []),
      };
    },
  },
];
