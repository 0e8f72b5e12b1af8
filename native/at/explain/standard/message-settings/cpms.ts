import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { splitGroups, wordsOf } from '../../groups.ts';
import { whole } from '../../readers.ts';

const memories: ReadonlySet<string> = new Set(['sm', 'me', 'mt', 'sr', 'bm', 'ta']);

function memoryName(text: string): string {
  const name = text.toLowerCase();
  return memories.has(name) ? name : 'unknown';
}

function memoryNames(group: string | undefined): readonly string[] {
  return [...new Set(wordsOf(group).map(memoryName))];
}

/** `"SM",3,20` three times, or twice: the name, how much is used, how much there is. */
function memoriesInUse(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const value: Record<string, ExplainedFields[string]> = {};
  // The answer to the set command has only the numbers.
  const named = whole(fields[0] ?? '') === null;
  const width = named ? 3 : 2;
  for (let place = 0; place < 3 && place * width < fields.length; place += 1) {
    const [name = '', used = '', total = ''] = named ? fields.slice(place * 3) : ['', ...fields.slice(place * 2)];
    if (named) value[`mem${place + 1}`] = memoryName(name);
    value[`used${place + 1}`] = whole(used);
    value[`total${place + 1}`] = whole(total);
  }
  return rest === '' ? null : value;
}

export const cpms: readonly LineDecoder[] = [
  {
    kind: 'cpms-test',
    names: ['+CPMS'],
    specification: '3GPP TS 27.005 §3.2.2',
    form: 'test',
    decode(rest) {
      const groups = splitGroups(rest);
      return { mem1: memoryNames(groups[0]), mem2: memoryNames(groups[1]), mem3: memoryNames(groups[2]) };
    },
  },
  { kind: 'cpms-query', names: ['+CPMS'], specification: '3GPP TS 27.005 §3.2.2', decode: memoriesInUse },
];
