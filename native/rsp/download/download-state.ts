import type { CancelReason, LoadProgress, PendingNotification, PolicyRule } from '../../euicc/euicc.ts';
import type { ProfileMetadata } from './profile-metadata.ts';

/** In the order in which they come. A wrong confirmation code leads back to the first one. */
export const downloadSteps = [
  'readCard', // the card opens a session
  'contactServer', // and the server answers it
  'checkServer', // the card checks the server
  'checkCard', // the server checks the card, and says what it offers
  'prepareCard', // the card makes its key for this download
  'fetchPackage', // the server binds the profile to this card
  'preview', // the person decides; before the two above where a confirmation code or consent to rules is needed
  'installProfile', // the card takes it: from here on there is no way back
  'tellServer', // the server hears the card's result
] as const;
export type DownloadStep = (typeof downloadSteps)[number];

/** What will be installed, before anything is. */
export type ProfilePreview = {
  readonly metadata: ProfileMetadata;
  readonly server: string;
  /** Bytes, as the card signed them for this server; null where it does not say. */
  readonly freeMemory: number | null;
  /** Bytes of the bound package; null until it is here: a confirmation code, and consent to rules that bind, come first. */
  readonly packageSize: number | null;
  readonly confirmationCodeRequired: boolean;
  /** Rules that the person must agree to: the profile cannot be disabled, or not be deleted. */
  readonly needsConsent: readonly PolicyRule[];
};

/** What the person is asked. `refused`: the code that was given before was wrong. */
export type DownloadNeed =
  | { readonly kind: 'approval' }
  | { readonly kind: 'consentToPpr'; readonly rules: readonly PolicyRule[] }
  | { readonly kind: 'confirmationCode'; readonly refused: boolean };

export type DownloadAnswer =
  | { readonly kind: 'yes' }
  | { readonly kind: 'confirmationCode'; readonly code: string }
  /** `timeout`: nobody answered. A profile that was postponed or not answered for can be fetched later. */
  | { readonly kind: 'no'; readonly reason: Extract<CancelReason, 'endUserRejection' | 'postponed' | 'timeout'> };

export type DownloadState = {
  readonly step: DownloadStep;
  readonly server: string;
  readonly preview: ProfilePreview | null;
  /** The download waits for an answer to this. */
  readonly need: DownloadNeed | null;
  /** Of the installation, in bytes. */
  readonly progress: LoadProgress | null;
  readonly cancellable: boolean;
};

export type DownloadResult =
  | {
      readonly kind: 'installed';
      readonly iccid: string;
      readonly isdpAid: string;
      readonly preview: ProfilePreview;
      /** The card's word for the server; null for an event that the specification does not name. */
      readonly notification: PendingNotification | null;
      /** False: the notification is still on the card and has to be delivered later. */
      readonly serverTold: boolean;
    }
  | { readonly kind: 'declined'; readonly reason: CancelReason; readonly preview: ProfilePreview };
