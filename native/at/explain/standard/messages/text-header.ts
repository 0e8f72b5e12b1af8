import { decodeUcs2 } from '../../charset.ts';
import type { ExplainedFields } from '../../explanation.ts';
import { word } from '../../readers.ts';
import { networkTime } from '../clock/network-time.ts';

/** What stands in front of a message in text mode: the other side and the time. Old firmwares leave out the empty name between the two. */
export function textHeader(fields: readonly string[]): ExplainedFields {
  const [number = '', ...others] = fields;
  const time = others.map(networkTime).find((found) => found !== null);
  return { number: word(decodeUcs2(number)), timestamp: time?.iso8601 ?? null };
}
