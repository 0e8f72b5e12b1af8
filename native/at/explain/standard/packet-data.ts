import { splitFields } from '../../line-fields.ts';
import { addressFamily, addressText } from '../addresses.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, splitGroups } from '../groups.ts';
import { flag, namedFields, readFields, whole, word } from '../readers.ts';

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

function cidAnd(kind: string, field: string, specification: string): LineDecoder {
  return {
    kind,
    names: [`+${kind.toUpperCase()}`],
    specification,
    empty: { contexts: [] },
    decode(rest) {
      const context = readFields(
        rest,
        [
          ['cid', whole],
          [field, flag],
        ],
        2,
      );
      return context === null ? null : { contexts: [context] };
    },
  };
}

export const packetDataDecoders: readonly LineDecoder[] = [
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
  cidAnd('cgact', 'active', '3GPP TS 27.007 §10.1.10'),
  {
    kind: 'cgpaddr',
    names: ['+CGPADDR'],
    specification: '3GPP TS 27.007 §10.1.18',
    decode(rest) {
      const [first = '', ...fields] = splitFields(rest);
      const cid = whole(first);
      if (cid === null) return null;
      const found = fields.flatMap((field) => addressText(field) ?? []);
      if (found.length === 0) return { addresses: [{ cid, address: null, family: null }] };
      return { addresses: found.map((address) => ({ cid, address, family: addressFamily(address) })) };
    },
  },
  { kind: 'cgcontrdp', names: ['+CGCONTRDP'], specification: '3GPP TS 27.007 §10.1.23', decode: decodeDynamicContext },
  {
    kind: 'cgerep-test',
    names: ['+CGEREP'],
    specification: '3GPP TS 27.007 §10.1.19',
    form: 'test',
    decode: (rest) => ({
      modes: numbersOf(splitGroups(rest)[0]).flatMap(
        (mode) => ['discard-urcs', 'discard-urcs-if-link-reserved', 'buffer-urcs-if-link-reserved'][mode] ?? [],
      ),
    }),
  },
  {
    kind: 'cgauth',
    names: ['+CGAUTH'],
    specification: '3GPP TS 27.007 §10.1.31',
    decode(rest) {
      const fields = splitFields(rest);
      // The password behind the name comes in clear. It is none of our business.
      return namedFields(fields, [
        ['cid', whole],
        ['auth', (text) => ['none', 'pap', 'chap'][whole(text) ?? -1] ?? null],
        ['user', word],
      ]);
    },
  },
];

/**
 * `<cid>,<bearer_id>,<apn>[,<address and mask>[,<gateway>[,<dns>[,<dns>…]]]]`. Address and mask are one field of eight numbers (of 32 for IPv6), or
 * two in modems that follow an old release.
 */
function decodeDynamicContext(rest: string): ExplainedFields | null {
  const [cid = '', bearer = '', apn = '', local = '', ...others] = splitFields(rest);
  const value = namedFields(
    [cid, bearer, apn],
    [
      ['cid', whole],
      ['bearerId', whole],
      ['apn', word],
    ],
  );
  if (value === null) return null;
  const parts = local.split('.');
  const half = parts.length / 2;
  const joined = parts.length === 8 || parts.length === 32;
  const [next = '', ...more] = others;
  const separateMask = !joined && isMask(next);
  const mask = joined ? parts.slice(half).join('.') : separateMask ? next : '';
  const [gateway = '', primary = '', secondary = ''] = separateMask ? more : others;
  return {
    ...value,
    localAddress: addressText(joined ? parts.slice(0, half).join('.') : local),
    subnet: addressText(mask),
    gatewayAddress: addressText(gateway),
    dnsPrimaryAddress: addressText(primary),
    dnsSecondaryAddress: addressText(secondary),
  };
}

/** Ones followed by zeros: 255.255.255.0 is a mask, a gateway is not. */
function isMask(text: string): boolean {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 && parts.length !== 16) return false;
  const bits = parts.map((part) => (part >= 0 && part < 256 ? part.toString(2).padStart(8, '0') : 'x')).join('');
  return /^1{8,}0*$/.test(bits);
}
