import type { ExplainedValue, Explanation } from '#native/at/explain/explanation.ts';
import { pairs, type Pair } from './table.ts';
import { plain, styled } from './text.ts';
import type { Words } from './words.ts';

/** A line of a modem and below it what it is, in words, and its fields by the names that `--json` gives them. */
export function explainedText(words: Words, line: string, explanation: Explanation | null): string {
  const title = explanation === null ? words.say('at.unknown') : titleOf(words, explanation.kind);
  const fields = explanation === null ? '' : pairs(flatten('', explanation.value));
  return [styled('bold', plain(line)), `  ${title}`, ...(fields === '' ? [] : [indent(fields)])].join('\n');
}

function titleOf(words: Words, kind: string): string {
  return words.find(`at.kind.${kind}`) ?? kind;
}

/** Names with dots for what lies deeper; what the modem left out is left out. */
function flatten(name: string, value: ExplainedValue): readonly Pair[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [[name, String(value)]];
  if (Array.isArray(value)) {
    const list = value as readonly ExplainedValue[];
    if (list.some((item) => typeof item === 'object' && item !== null)) {
      return list.flatMap((item, index) => flatten(`${name}[${index}]`, item));
    }
    return [[name, list.length === 0 ? '–' : list.map(String).join(', ')]];
  }
  return Object.entries(value).flatMap(([field, inner]) => flatten(name === '' ? field : `${name}.${field}`, inner));
}

function indent(text: string): string {
  return text.replaceAll(/^/gmu, '    ');
}
