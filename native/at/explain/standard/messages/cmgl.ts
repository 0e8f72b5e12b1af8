import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, ExplainedValue, LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';
import { withBody } from './message-body.ts';
import { messageHeader } from './message-header.ts';

export const cmgl: readonly LineDecoder[] = [
  {
    kind: 'cmgl',
    names: ['+CMGL'],
    specification: '3GPP TS 27.005 §3.4.2 and §4.1',
    empty: { messages: [] },
    decode(rest) {
      const [index = '', ...fields] = splitFields(rest);
      const place = whole(index);
      const header = messageHeader(fields);
      return place === null || header === null ? null : { messages: [{ index: place, ...header }] };
    },
    body(value, line) {
      const [message] = Array.isArray(value['messages']) ? (value['messages'] as readonly ExplainedValue[]) : [];
      const longer = withBody(message as ExplainedFields, line);
      return longer === null ? null : { messages: [longer] };
    },
  },
];
