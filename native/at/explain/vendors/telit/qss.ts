import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { choice } from '../../readers.ts';

export const qss: readonly LineDecoder[] = [
  {
    kind: 'qss',
    names: ['#QSS'],
    specification: 'Telit AT commands reference guide, #QSS',
    decode(rest) {
      const fields = splitFields(rest);
      const status = choice(['sim-removed', 'sim-inserted', 'sim-inserted-and-unlocked', 'sim-inserted-and-ready'])(fields.at(-1) ?? '');
      return status === null ? null : { status };
    },
  },
];
