import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields } from '../../explanation.ts';
import { whole } from '../../readers.ts';
import { networkTime } from '../clock/network-time.ts';
import { pduFields } from './message-body.ts';
import { textHeader } from './text-header.ts';

/** A new message that the modem hands over at once, `+CMT` and `+CDS` (3GPP TS 27.005 §3.4.1). */
export function handedOver(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const length = whole(fields.at(-1) ?? '');
  if (fields.length <= 2 && length !== null) return { length, ...pduFields('') };
  return fields.length >= 2 && fields.some((field) => networkTime(field) !== null) ? { ...textHeader(fields), text: null } : null;
}
