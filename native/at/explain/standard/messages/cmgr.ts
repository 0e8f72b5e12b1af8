import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { withBody } from './message-body.ts';
import { messageHeader } from './message-header.ts';

export const cmgr: readonly LineDecoder[] = [
  {
    kind: 'cmgr',
    names: ['+CMGR'],
    specification: '3GPP TS 27.005 §3.4.3 and §4.2',
    decode: (rest) => messageHeader(splitFields(rest)),
    body: withBody,
  },
];
