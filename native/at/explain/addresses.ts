import { isIPv4, isIPv6 } from 'node:net';

/**
 * An address as people read it: IPv6 in the form of RFC 5952, whether it came with colons (`AT+CGPIAF`) or as sixteen decimal numbers with dots
 * (3GPP TS 27.007 §10.1.18). Null where there is none.
 */
export function addressText(text: string): string | null {
  const trimmed = text.trim();
  if (isIPv4(trimmed)) return trimmed;
  if (isIPv6(trimmed)) return trimmed.includes('%') ? trimmed : new URL(`http://[${trimmed}]`).hostname.slice(1, -1);
  const bytes = trimmed.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (bytes.length !== 16 || bytes.some((byte) => byte > 255)) return null;
  const words = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0)).toString(16));
  return addressText(words.join(':'));
}

export function addressFamily(address: string): 4 | 6 {
  return isIPv4(address) ? 4 : 6;
}

/** How many bits of an IPv4 mask are ones; null where it is no mask. */
export function prefixOfMask(mask: string): number | null {
  if (!isIPv4(mask)) return null;
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.replace(/0+$/, '').length : null;
}
