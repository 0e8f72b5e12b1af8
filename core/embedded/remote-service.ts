import { LebError } from '#contract/errors.ts';
import type { AccountService } from './account-service.ts';

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * A service that somebody else runs. Only over https, for passwords and tokens travel to it; http is good enough on this machine.
 * @throws LebError INPUT_INVALID
 */
export function createRemoteService(address: string): AccountService {
  const url = URL.parse(address);
  const allowed = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname)));
  if (!allowed) throw new LebError('INPUT_INVALID', { field: 'accountServiceUrl' });
  return {
    baseUrl: () => Promise.resolve(url.href.replace(/\/$/, '')),
    trial: false,
    sessionName: `session:${url.origin}`,
    benchServers: null,
    start: () => undefined,
    close: () => Promise.resolve(),
  };
}
