import type { RspEuicc, TerminalIdentity } from '../euicc/euicc.ts';
import { DeviceError } from '../errors.ts';
import { authenticate } from './download/authenticate.ts';
import type { DownloadStep } from './download/download-state.ts';
import { endSession } from './download/end-session.ts';
import type { ProfileServerClient } from './http/profile-server-client.ts';
import { type EventEntry, isNoEvent } from './messages/authenticate-client.ts';

export type DiscoveryRequest = {
  readonly smdsAddress: string;
  readonly terminal: TerminalIdentity;
};

/**
 * Asks an SM-DS what waits for this card (SGP.22 v2.5 §3.6.2). Each event is downloaded from its `rspServerAddress` with its `eventId` as
 * the matchingId; where that address is another SM-DS, the download follows it by itself.
 * @returns an empty list where nothing waits
 * @throws DeviceError of the card and of the server; PROFILE_SERVER_MISMATCH where an SM-DP+ answers; CANCELLED
 */
export async function* discoverProfiles(
  tools: { readonly euicc: RspEuicc; readonly client: ProfileServerClient; readonly signal: AbortSignal },
  { smdsAddress, terminal }: DiscoveryRequest,
): AsyncGenerator<DownloadStep, readonly EventEntry[], void> {
  try {
    const { answer, session } = yield* authenticate(
      { ...tools, onSession: () => undefined },
      { server: smdsAddress, matchingId: '', smdpOid: null, terminal },
    );
    if (answer.kind === 'events') return answer.events;
    // An SM-DP+ that offers a profile: it is not taken here, and stays on offer.
    await endSession(tools.euicc, tools.client, session, 'postponed');
    throw new DeviceError('PROFILE_SERVER_MISMATCH', { field: 'eventEntries', server: smdsAddress });
  } catch (error) {
    if (isNoEvent(error)) return [];
    throw error;
  }
}
