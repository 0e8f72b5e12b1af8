import { splitFields } from '../../../line-fields.ts';
import { addressText } from '../../addresses.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { namedFields, whole, word } from '../../readers.ts';

export const cgcontrdp: readonly LineDecoder[] = [
  { kind: 'cgcontrdp', names: ['+CGCONTRDP'], specification: '3GPP TS 27.007 §10.1.23', decode: decodeDynamicContext },
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
