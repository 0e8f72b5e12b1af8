import type { PublicKey } from '../pki/elliptic-key.ts';
import type { Credential } from '../pki/load-pki.ts';
import type { AuthenticatedEuicc, Authenticator, Challenge } from './authentication.ts';
import type { OrderStore } from './order-store.ts';
import type { Sessions } from './sessions.ts';

/** Where an exchange is; each function takes only the step before its own. */
export type SmdpSession =
  | { readonly step: 'initiated'; readonly challenge: Challenge }
  | {
      readonly step: 'authenticated';
      readonly challenge: Challenge;
      readonly euicc: AuthenticatedEuicc;
      readonly matchingId: string;
      /** The whole `5F37` object of smdpSignature2, which the chip's next signature covers. */
      readonly signature2: Uint8Array;
    }
  | {
      readonly step: 'bound';
      readonly challenge: Challenge;
      readonly euicc: { readonly publicKey: PublicKey };
      readonly matchingId: string;
    };

/** What the functions of ES9+ work with. */
export type SmdpContext = {
  readonly authenticator: Authenticator;
  /** DP profile binding. */
  readonly binder: Credential;
  /** The server's OID, dotted. */
  readonly smdpOid: string;
  readonly store: OrderStore;
  readonly sessions: Sessions<SmdpSession>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told once an order is done, so that its event can be taken off a discovery server. */
  onInstalled(matchingId: string): void;
};
