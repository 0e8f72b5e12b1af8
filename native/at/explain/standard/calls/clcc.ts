import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { call } from './call.ts';

/** An empty list is the prefix alone; Cinterion's list leaves out the multiparty flag where a call carries no number. */
function callList(rest: string): ExplainedFields | null {
  if (rest === '') return { calls: [] };
  const one = call(splitFields(rest));
  return one === null ? null : { calls: [one] };
}

export const clcc: readonly LineDecoder[] = [
  { kind: 'clcc', names: ['+CLCC'], specification: '3GPP TS 27.007 §7.18', empty: { calls: [] }, decode: callList },
];
