/** Who may talk to the web shell: whoever holds the cookie that the one-time token of the opening address was turned into. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Access = {
  /** For the opening address. Good for one use. */
  readonly token: string;
  /** The value of `Set-Cookie` for the right token, null for a wrong or a used one. */
  redeem(token: string): string | null;
  /** Whether a request is addressed to us by our own name, comes from our own page or from none, and, if `requireOrigin`, from our own page. */
  isAddressedToUs(request: IncomingMessage, requireOrigin: boolean): boolean;
  hasSession(request: IncomingMessage): boolean;
};

const random = (): string => randomBytes(32).toString('base64url');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that tells nothing about where two texts differ. */
function equal(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** @param host what the Host header has to say: `127.0.0.1:<port>`. A page of the open web that rebinds a name of its own to this machine says another. */
export function createAccess(host: string): Access {
  const token = random();
  const session = random();
  let used = false;
  // Cookies do not know ports: the name keeps two instances on one machine apart.
  const cookie = `leb-${host.split(':').at(-1)}`;
  return {
    token,
    redeem(given) {
      if (used || !equal(given, token)) return null;
      used = true;
      return `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    isAddressedToUs(request, requireOrigin) {
      if (request.headers.host !== host) return false;
      const { origin } = request.headers;
      return origin === undefined ? !requireOrigin : origin === `http://${host}`;
    },
    hasSession(request) {
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
      return pairs.some((pair) => pair.startsWith(`${cookie}=`) && equal(pair.slice(cookie.length + 1), session));
    },
  };
}
