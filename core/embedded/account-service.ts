import type { BenchServers } from '../rsp/bench-servers.ts';

/** Where the account service is: somewhere else, or beside the application. */
export type AccountService = {
  /** Waits until the service is there. @throws LebError SERVICE_UNREACHABLE */
  baseUrl(): Promise<string>;
  /** Payment is a stand-in on this machine. */
  readonly trial: boolean;
  /** The name under which a session with this service is kept. */
  readonly sessionName: string;
  /** The profile servers that run beside an embedded service; null with a remote one. @throws LebError SERVICE_UNREACHABLE */
  readonly benchServers: (() => Promise<BenchServers>) | null;
  start(): void;
  close(): Promise<void>;
};
