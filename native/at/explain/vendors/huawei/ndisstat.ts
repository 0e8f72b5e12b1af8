import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { flag } from '../../readers.ts';

/** `<stat>,<error>,<reserved>,<type>`, once for each type of address on one line or on several. Without a type it is IPv4. */
function connectionState(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  let value = { ipv4Available: false, ipv4Connected: null as boolean | null, ipv6Available: false, ipv6Connected: null as boolean | null };
  for (let start = 0; start < Math.min(fields.length, 16); start += 4) {
    const connected = flag(fields[start] ?? '');
    if (connected === null) return null;
    value =
      fields[start + 3]?.endsWith('6') === true
        ? { ...value, ipv6Available: true, ipv6Connected: connected }
        : { ...value, ipv4Available: true, ipv4Connected: connected };
  }
  return value;
}

function bothConnections(before: ExplainedFields, further: ExplainedFields): ExplainedFields {
  const value: Record<string, ExplainedFields[string]> = { ...before };
  for (const [name, now] of Object.entries(further)) if (now !== null && now !== false) value[name] = now;
  for (const name of ['ipv4Connected', 'ipv6Connected']) value[name] ??= further[name] ?? null;
  return value;
}

export const ndisstat: readonly LineDecoder[] = [
  {
    kind: 'ndisstat',
    names: ['^NDISSTAT', '^NDISSTATQRY'],
    specification: 'Huawei AT command interface specification, ^NDISSTAT',
    decode: connectionState,
    merge: bothConnections,
  },
];
