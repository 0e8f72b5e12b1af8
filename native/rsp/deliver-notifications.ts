import { DeviceError, isDeviceError } from '../errors.ts';
import type { PendingNotification, RspEuicc, SignedNotification } from '../euicc/euicc.ts';
import type { ProfileServerClient } from './http/profile-server-client.ts';
import { handleNotification } from './messages/handle-notification.ts';

export type Delivery = PendingNotification & {
  /** `waiting`: an earlier one for the same server could not be delivered, and order matters. */
  readonly state: 'removed' | 'deliveredNotRemoved' | 'failed' | 'waiting';
  readonly error: DeviceError | null;
};

export type DeliveryOptions = {
  readonly euicc: RspEuicc;
  readonly client: ProfileServerClient;
  readonly signal: AbortSignal;
  /** Left out: all of them. */
  readonly seqNumbers?: readonly number[];
  readonly onDelivery?: (delivery: Delivery) => void;
};

/**
 * Brings what the card has to say to the servers that want to hear it (SGP.22 v2.5 §3.5): in ascending order for each server, the servers
 * side by side, and each notification is taken off the card only after its server has it. One that does not answer stops nobody else.
 * @returns what became of each, in ascending order
 * @throws DeviceError of the card where the list itself cannot be read
 */
export async function deliverNotifications(options: DeliveryOptions): Promise<readonly Delivery[]> {
  const wanted = options.seqNumbers;
  const pending = (await retrieve(options.euicc)).filter(({ seqNumber }) => wanted === undefined || wanted.includes(seqNumber));
  const perServer = Map.groupBy(pending, ({ address }) => address.toLowerCase());
  const deliveries = await Promise.all([...perServer.values()].map((queue) => deliverInOrder(options, queue)));
  return deliveries.flat().toSorted((one, other) => one.seqNumber - other.seqNumber);
}

/** All in one answer. Some cards cannot make one so long: then one by one. */
async function retrieve(euicc: RspEuicc): Promise<readonly SignedNotification[]> {
  try {
    return await euicc.signedNotifications();
  } catch (error) {
    if (!isDeviceError(error) || !['CARD_STATUS', 'CARD_ANSWER', 'EUICC_REFUSED'].includes(error.code)) throw error;
    const found: SignedNotification[] = [];
    for (const { seqNumber } of await euicc.notifications()) found.push(...(await euicc.signedNotifications(seqNumber)));
    return found.toSorted((one, other) => one.seqNumber - other.seqNumber);
  }
}

async function deliverInOrder(
  { euicc, client, signal, onDelivery }: DeliveryOptions,
  queue: readonly SignedNotification[],
): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  let stopped = false;
  for (const { bytes, ...notification } of queue) {
    const delivery: Delivery = stopped
      ? { ...notification, state: 'waiting', error: null }
      : { ...notification, ...(await deliver(bytes, notification)) };
    // A server that refuses one has looked at it, and may take the next; one that cannot be reached will not.
    stopped ||= delivery.state === 'failed' && typeof delivery.error?.details['subjectCode'] !== 'string';
    deliveries.push(delivery);
    onDelivery?.(delivery);
  }
  return deliveries;

  async function deliver(bytes: Uint8Array, { address, seqNumber }: PendingNotification): Promise<Pick<Delivery, 'state' | 'error'>> {
    try {
      if (signal.aborted) throw new DeviceError('CANCELLED');
      await client.call(address, handleNotification, bytes, signal);
    } catch (error) {
      if (!isDeviceError(error)) throw error;
      return { state: 'failed', error };
    }
    try {
      await euicc.removeNotification(seqNumber);
      return { state: 'removed', error: null };
    } catch (error) {
      if (!isDeviceError(error)) throw error;
      return { state: 'deliveredNotRemoved', error };
    }
  }
}
