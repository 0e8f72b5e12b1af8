import type { LineDecoder } from '../../explanation.ts';
import { flag, readFields, whole } from '../../readers.ts';

export const scact: readonly LineDecoder[] = [
  {
    kind: 'scact',
    names: ['!SCACT'],
    specification: 'Sierra Wireless AT command reference, !SCACT',
    empty: { contexts: [] },
    decode(rest) {
      const context = readFields(
        rest,
        [
          ['cid', whole],
          ['active', flag],
        ],
        2,
      );
      return context === null ? null : { contexts: [context] };
    },
  },
];
