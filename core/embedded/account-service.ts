/** Where the account service is: somewhere else, or beside the application. */
export type AccountService = {
  /** Waits until the service is there. @throws LebError SERVICE_UNREACHABLE */
  baseUrl(): Promise<string>;
  /** Payment is a stand-in on this machine. */
  readonly trial: boolean;
  /** The name under which a session with this service is kept. */
  readonly sessionName: string;
  start(): void;
  close(): Promise<void>;
};
