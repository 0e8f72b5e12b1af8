import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

export const cscon: readonly LineDecoder[] = [
  {
    kind: 'cscon',
    names: ['+CSCON'],
    specification: '3GPP TS 27.007 §7.30',
    decode(rest) {
      const fields = splitFields(rest);
      // The answer to the read command has <n> in front; some firmwares leave it out, and so does the news.
      const mode = fields.length > 1 ? fields[1] : fields[0];
      const rrcState = whole(mode ?? '');
      return rrcState === null || rrcState > 1 ? null : { rrcState, connected: rrcState === 1 };
    },
  },
];
