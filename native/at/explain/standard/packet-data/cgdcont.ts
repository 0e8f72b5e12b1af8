import { addressText } from '../../addresses.ts';
import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { readFields, whole } from '../../readers.ts';

/** `<PDP_type>` of 3GPP TS 27.007 §10.1.1, as the rest of the world calls it; those that are still in use. */
const pdpTypes: ReadonlyMap<string, string> = new Map([
  ['IP', 'ipv4'],
  ['IPV6', 'ipv6'],
  ['IPV4V6', 'ipv4v6'],
  ['NON-IP', 'non-ip'],
  ['ETHERNET', 'ethernet'],
  ['UNSTRUCTURED', 'unstructured'],
]);

function pdpType(text: string): string | null {
  return pdpTypes.get(text.toUpperCase()) ?? null;
}

export const cgdcont: readonly LineDecoder[] = [
  {
    kind: 'cgdcont-test',
    names: ['+CGDCONT'],
    specification: '3GPP TS 27.007 §10.1.1',
    form: 'test',
    decode(rest) {
      const [cids, type = ''] = splitGroups(rest);
      const numbers = numbersOf(cids);
      const [first, last] = [numbers[0], numbers.at(-1)];
      // A type that nobody asks for is none of our formats, and one without a cid cannot be defined.
      const name = pdpType(type.replaceAll('"', ''));
      if (first === undefined || last === undefined || name === null) return { formats: [] };
      return { formats: [{ minCid: first, maxCid: last, pdpType: name }] };
    },
  },
  {
    kind: 'cgdcont',
    names: ['+CGDCONT'],
    specification: '3GPP TS 27.007 §10.1.1',
    empty: { contexts: [] },
    decode(rest) {
      const context = readFields(rest, [
        ['cid', whole],
        ['pdpType', pdpType],
        ['apn', (text) => text],
        ['address', addressText],
      ]);
      return context === null ? null : { contexts: [context] };
    },
  },
];
