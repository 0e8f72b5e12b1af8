import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, hexNumber } from '../../readers.ts';

/** Bytes of an address from the last to the first, in hexadecimal: `0x0A01A8C0` is 192.168.1.10. */
function reversedAddress(text: string): string | null {
  const digits = hexDigits(text);
  if (digits === null || digits.length > 8) return null;
  return [...digits.padStart(8, '0').matchAll(/../g)]
    .map(([byte]) => Number.parseInt(byte, 16))
    .toReversed()
    .join('.');
}

function leasedAddresses(rest: string): ExplainedFields | null {
  const [own = '', mask = '', gateway = '', , dns1 = '', dns2 = ''] = splitFields(rest);
  const address = reversedAddress(own);
  const bits = hexNumber(mask)?.toString(2).replaceAll('0', '').length;
  if (address === null || bits === undefined) return null;
  return { address, prefix: bits, gateway: reversedAddress(gateway), dns1: reversedAddress(dns1), dns2: reversedAddress(dns2) };
}

export const dhcp: readonly LineDecoder[] = [
  { kind: 'dhcp', names: ['^DHCP'], specification: 'Huawei AT command interface specification, ^DHCP', decode: leasedAddresses },
];
