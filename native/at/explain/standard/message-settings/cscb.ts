import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { choice } from '../../readers.ts';

/** `0-1,100-200` of `+CSCB`: message identifiers, alone or from … to. */
function channels(text: string): readonly ExplainedFields[] | null {
  if (text === '') return [];
  const found: ExplainedFields[] = [];
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(part);
    if (match?.[1] === undefined) return null;
    found.push({ start: Number(match[1]), end: Number(match[2] ?? match[1]) });
  }
  return found;
}

export const cscb: readonly LineDecoder[] = [
  {
    kind: 'cscb',
    names: ['+CSCB'],
    specification: '3GPP TS 27.005 §3.3.4',
    decode(rest) {
      const [mode = '', identifiers = '', codings = ''] = splitFields(rest);
      const accepted = choice(['accepted', 'refused'])(mode);
      const list = channels(identifiers);
      const schemes = channels(codings);
      return accepted === null || list === null ? null : { mode: accepted, channels: list, codingSchemes: schemes ?? [] };
    },
  },
];
