import { splitFields } from '../../../line-fields.ts';
import { decodeUcs2 } from '../../charset.ts';
import type { LineDecoder } from '../../explanation.ts';
import { choice, whole } from '../../readers.ts';

/** `<m>` of 3GPP TS 27.007 §7.15. */
const states = ['done', 'answer-expected', 'ended-by-network', 'other-client-answered', 'not-supported', 'timeout'];

export const cusd: readonly LineDecoder[] = [
  {
    kind: 'cusd',
    names: ['+CUSD'],
    specification: '3GPP TS 27.007 §7.15',
    decode(rest) {
      const [status = '', text = '', coding = ''] = splitFields(rest);
      const number = whole(status);
      if (number === null) return null;
      return {
        status: number,
        state: choice(states)(status),
        sessionActive: number === 1,
        message: text === '' ? null : decodeUcs2(text),
        dcs: whole(coding),
      };
    },
    spansLines: true,
  },
];
