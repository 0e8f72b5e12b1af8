import { invalidRequest } from './api-error.ts';

/** What a form-encoded request holds: Stripe writes `a[b][0]=c` for `{ a: { b: ['c'] } }`. */
export type FormValue = string | readonly FormValue[] | { readonly [name: string]: FormValue };
export type FormRecord = { readonly [name: string]: FormValue };

type Branch = Map<string, string | Branch>;

const maximumDepth = 8;
const maximumPairs = 1000;

/**
 * Decodes `application/x-www-form-urlencoded` with bracketed names. Names that count 0, 1, 2 … (or are empty: `expand[]=x`) become arrays.
 * Throws a 400 for names that contradict each other, are malformed, too deep or too many.
 */
export function decodeForm(text: string): FormRecord {
  const root: Branch = new Map();
  let pairs = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    pairs += 1;
    if (pairs > maximumPairs) throw invalidRequest('Too many parameters.');
    put(root, splitName(name), value, name);
  }
  return toRecord(root);
}

function splitName(name: string): readonly string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) throw invalidRequest(`Invalid parameter name: ${name}`, { param: name });
  const segments = [match[1] ?? '', ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((segment) => segment[1] ?? '')];
  if (segments.length > maximumDepth) throw invalidRequest(`Parameter nested too deeply: ${name}`, { param: name });
  return segments;
}

function put(root: Branch, segments: readonly string[], value: string, name: string): void {
  let branch = root;
  for (const [index, segment] of segments.entries()) {
    const key = segment === '' ? String(branch.size) : segment;
    if (index === segments.length - 1) {
      if (branch.get(key) instanceof Map) throw invalidRequest(`Parameter given both as a value and as a hash: ${name}`, { param: name });
      branch.set(key, value);
      return;
    }
    const next = branch.get(key) ?? new Map<string, string | Branch>();
    if (typeof next === 'string') throw invalidRequest(`Parameter given both as a value and as a hash: ${name}`, { param: name });
    branch.set(key, next);
    branch = next;
  }
}

function toValue(node: string | Branch): FormValue {
  if (typeof node === 'string') return node;
  const isArray = [...node.keys()].every((key, index) => key === String(index));
  return isArray ? [...node.values()].map(toValue) : toRecord(node);
}

/** Without a prototype: a parameter may be named `__proto__` or `constructor` and is then just unknown. */
function toRecord(branch: Branch): FormRecord {
  const record: Record<string, FormValue> = Object.create(null) as Record<string, FormValue>;
  for (const [key, node] of branch) record[key] = toValue(node);
  return record;
}
