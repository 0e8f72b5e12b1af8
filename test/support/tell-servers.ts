import type { PendingNotification, RspEuicc } from '#native/euicc/euicc.ts';
import type { ProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import { handleNotification } from '#native/rsp/messages/handle-notification.ts';
import { retrieveNotifications } from '#native/rsp/pending-notifications.ts';

/** Tells the servers what the card has to say and takes it off the card, without an outbox. @throws where one does not hear it */
export async function tellServers(euicc: RspEuicc, client: ProfileServerClient): Promise<readonly PendingNotification[]> {
  const told: PendingNotification[] = [];
  for (const { bytes, ...notification } of await retrieveNotifications(euicc)) {
    await client.call(notification.address, handleNotification, bytes);
    await euicc.removeNotification(notification.seqNumber);
    told.push(notification);
  }
  return told;
}
