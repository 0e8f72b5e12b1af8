import { StatusError } from './status-error.ts';

const lifetime = 10 * 60_000;
const mostSessions = 1000;

/** Exchanges between their first message and their last, by the hex digits of the transaction. A restart of the server ends them all. */
export type Sessions<Session> = {
  open(key: string, session: Session): void;
  /** @throws StatusError 8.10.1/3.9 where there is none, or it is older than ten minutes */
  require(key: string): Session;
  close(key: string): void;
  readonly size: number;
};

/** @param now milliseconds, of a clock that may stand still in tests */
export function makeSessions<Session>(now: () => number): Sessions<Session> {
  const sessions = new Map<string, { readonly session: Session; readonly begun: number }>();
  return {
    open(key, session) {
      const begun = sessions.get(key)?.begun ?? now();
      sessions.set(key, { session, begun });
      const [eldest] = sessions.keys();
      if (sessions.size > mostSessions && eldest !== undefined) sessions.delete(eldest);
    },
    require(key) {
      const found = sessions.get(key);
      if (found === undefined || now() - found.begun > lifetime) {
        sessions.delete(key);
        throw new StatusError('8.10.1/3.9', 'There is no such session.');
      }
      return found.session;
    },
    close(key) {
      sessions.delete(key);
    },
    get size() {
      return sessions.size;
    },
  };
}
