import type { PrivateKey, PublicKey } from '../../pki/elliptic-key.ts';
import type { BoundProfileLoader } from './bound-profile-loader.ts';

/** A server that has shown its certificate and signed the chip's challenge. */
export type AuthenticatedServer = {
  readonly transactionId: Uint8Array;
  /** An SM-DS can be asked for events, but not for a profile. */
  readonly kind: 'dp' | 'ds';
  /** Dotted; of its certificate. */
  readonly objectIdentifier: string;
  /** As it signed it: notifications go there. */
  readonly address: string;
  /** The chip's own last signature, which the server's next one covers. */
  readonly euiccSignature: Uint8Array;
};

/** The same, with the key that it binds the profile with. */
export type BindingServer = AuthenticatedServer & { readonly profileBindingKey: PublicKey };

/** How far a download has come (SGP.22 v2.5 §3.1.3). One at a time; a new challenge ends the old one. */
export type RspStage =
  | { readonly kind: 'idle' }
  | { readonly kind: 'challenged'; readonly challenge: Uint8Array }
  | { readonly kind: 'authenticated'; readonly server: AuthenticatedServer }
  | { readonly kind: 'prepared'; readonly server: BindingServer; readonly oneTimeKey: PrivateKey }
  | { readonly kind: 'loading'; readonly server: BindingServer; readonly loader: BoundProfileLoader };

/** Belongs to the ISD-R and not to a channel: it survives the closing of the channel and dies with a reset. */
export type RspSession = { stage: RspStage };
