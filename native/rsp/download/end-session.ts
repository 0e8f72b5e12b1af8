import { isDeviceError } from '../../errors.ts';
import type { CancelReason, RspEuicc } from '../../euicc/euicc.ts';
import type { ProfileServerClient } from '../http/profile-server-client.ts';
import { cancelSession } from '../messages/cancel-session.ts';
import type { RspSession } from './authenticate.ts';

/**
 * Ends a session on both sides (SGP.22 v2.5 §3.1.3.2, CancelSession): the card signs the reason, the server hears it. Does not fail with them: a card
 * that has gone and a server that does not answer have ended it in their own way.
 */
export async function endSession(euicc: RspEuicc, client: ProfileServerClient, session: RspSession, reason: CancelReason): Promise<void> {
  const { server, transactionId } = session;
  try {
    const response = await euicc.cancelSession(transactionId, reason);
    await client.call(server, cancelSession, { transactionId, response });
  } catch (error) {
    if (!isDeviceError(error)) throw error;
  }
}

/** Why a session ends that failed with this error, in the words of the protocol. */
export function cancelReasonOf(error: unknown): CancelReason {
  if (!isDeviceError(error)) return 'undefinedReason';
  switch (error.code) {
    case 'PROFILE_RULES_NOT_ALLOWED':
      return 'pprNotAllowed';
    case 'PROFILE_METADATA_CHANGED':
      return 'metadataMismatch';
    case 'PROFILE_PACKAGE_INVALID':
      return 'loadBppExecutionError';
    // A person who stops has not refused the profile: the order stays open for another time.
    case 'CANCELLED':
    case 'CONFIRMATION_CODE_REQUIRED':
    case 'PROFILE_ALREADY_INSTALLED':
      return 'postponed';
    default:
      return 'undefinedReason';
  }
}

/** Whether the server has closed its side with this answer, so that there is nothing left to cancel (SGP.22 v2.5 §5.2.6). */
export function serverHasClosed(error: unknown): boolean {
  return isDeviceError(error) && typeof error.details['subjectCode'] === 'string';
}
