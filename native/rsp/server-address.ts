/** Where an SM-DP+ or an SM-DS is reached: a host name, and a port where it is not the usual one. */
export type ServerAddress = { readonly host: string; readonly port: number };

const label = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * Reads `host` or `host:port`. The scheme, a path or a user name do not belong into an address (SGP.22 v2.5 §4.1): null for those and
 * for anything else that is not one.
 */
export function parseServerAddress(text: string): ServerAddress | null {
  const [host = '', port, ...rest] = text.split(':');
  if (rest.length > 0 || host.length > 253 || !host.split('.').every((part) => label.test(part))) return null;
  if (port === undefined) return { host: host.toLowerCase(), port: 443 };
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) return null;
  return { host: host.toLowerCase(), port: Number(port) };
}

/** Whether both texts name the same server. A server that listens on a port of its own may call itself with it or without. */
export function isSameServer(one: string, other: string): boolean {
  const [first, second] = [parseServerAddress(one), parseServerAddress(other)];
  if (first === null || second === null || first.host !== second.host) return false;
  return first.port === second.port || !one.includes(':') || !other.includes(':');
}
