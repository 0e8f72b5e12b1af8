import type { MessagePlan, MessagesSnapshot, MessageStorage, TextMessage } from '#contract/desk/messages.ts';
import { LebError } from '#contract/errors.ts';
import { deliveryOutcome } from '#native/sms/delivery-outcome.ts';
import { encodeSubmit } from '#native/sms/encode-submit.ts';
import { otherParty, type SmsMessage, type StatusReport } from '#native/sms/sms-message.ts';
import { planText } from '#native/sms/text-plan.ts';
import type { StoredMessage } from '#native/modem/messages/modem-messages.ts';
import type { Modem } from '#native/modem/modem.ts';
import { instantNow } from '../clock.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import { openModemOf } from '../modem/modem-functions.ts';
import { toProblem } from '../problem.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import type { Store } from '../store/store.ts';
import { createMessageStore, type Place, type PartOrigin, type StoredPart } from './message-store.ts';
import { createPartReader, readMessages, readPdu, type ReadMessage } from './read-messages.ts';

/** The archive of text messages, and what is done with them. Texts and numbers never reach the log. */
export type MessageKeeper = {
  readonly snapshot: Publisher<MessagesSnapshot>;
  /** Reads everything that SIM and modem keep. @throws DeviceError */
  read(device: ManagedDevice, priority?: 'user' | 'poll'): Promise<MessagesSnapshot>;
  /** Something that the modem has told of. @throws DeviceError */
  take(device: ManagedDevice, news: { readonly pdu: string } | (Place & { readonly pdu?: undefined })): Promise<void>;
  /** @throws DeviceError SMS_NOT_ENCODABLE */
  plan(text: string): MessagePlan;
  /** @throws DeviceError SMS_NOT_ENCODABLE, and why a part was not taken */
  send(device: ManagedDevice, message: OutgoingText, signal?: AbortSignal): Promise<TextMessage>;
  /** Where a message was sent from. @throws LebError MESSAGE_UNKNOWN */
  deviceOf(messageId: string): string;
  sendAgain(device: ManagedDevice, messageId: string, signal?: AbortSignal): Promise<TextMessage>;
  markRead(messageIds: readonly string[]): void;
  /** @throws LebError MESSAGE_UNKNOWN; DeviceError */
  delete(messageIds: readonly string[]): Promise<void>;
  /** @returns how many places it freed. @throws DeviceError */
  free(device: ManagedDevice): Promise<number>;
};

export type OutgoingText = { readonly to: string; readonly text: string; readonly report: boolean };

/** More would be slow to carry to a window at each change; the archive keeps them. */
const mostShown = 1_000;

export function createMessageKeeper(options: { readonly store: Store; readonly registry: DeviceRegistry }): MessageKeeper {
  const store = createMessageStore(options.store);
  const readPart = createPartReader();
  const storages = new Map<string, readonly MessageStorage[]>();
  const snapshot = createPublisher<MessagesSnapshot>({ messages: [], storages: [] });
  let messages: readonly ReadMessage[] = [];
  let concatenationReference = Math.floor(Math.random() * 256);
  publish();

  function publish(): MessagesSnapshot {
    messages = readMessages(store.all().map(readPart), instantNow());
    const value = { messages: messages.slice(0, mostShown).map(({ message }) => message), storages: [...storages.values()].flat() };
    snapshot.publish(value);
    return value;
  }

  function find(messageId: string): ReadMessage {
    const found = messages.find(({ message }) => message.messageId === messageId);
    if (found === undefined) throw new LebError('MESSAGE_UNKNOWN', { messageId });
    return found;
  }

  function keep(origin: PartOrigin, pdu: string, state: StoredMessage['state'], place: Place | null): SmsMessage | null {
    const direction = state === 'unsent' || state === 'sent' ? 'sent' : 'received';
    const message = readPdu(pdu, direction);
    if (message?.type === 'statusReport') noteReport(message);
    else {
      const kept = direction === 'received' ? ('received' as const) : state === 'sent' ? ('sent' as const) : ('draft' as const);
      store.take({ ...origin, pdu, direction, state: kept, at: timeOf(message), unread: state === 'unread', place });
    }
    return message;
  }

  /** The newest part that went to this number under this reference. */
  function noteReport(report: StatusReport): void {
    const part = store
      .all()
      .map(readPart)
      .findLast(
        ({ message, state, reference }) =>
          state === 'sent' && reference === report.messageReference && sameNumber(message, report.recipient.number),
      );
    if (part !== undefined) store.setReport(part.partId, deliveryOutcome(report.status));
  }

  /** Only what really lies there: somebody else may have put another message into the place. */
  async function removeFrom(modem: Modem, { partId, pdu, storage, place }: StoredPart): Promise<void> {
    if (storage === null || place === null) return;
    const there = await modem.messages.read(storage, place);
    if (there?.pdu === pdu) await modem.messages.remove(storage, place);
    store.forgetPlace(partId);
  }

  function modemWith(imei: string | null): Modem | null {
    const device = options.registry.snapshot.value.devices.find(
      (candidate) => candidate.state === 'ready' && candidate.modem !== null && candidate.modem.imei === imei,
    );
    return device === undefined || device.busyTaskId !== null ? null : options.registry.find(device.deviceId).modem();
  }

  async function deliver(modem: Modem, messageId: string, signal: AbortSignal | undefined): Promise<TextMessage> {
    try {
      for (const { partId, pdu } of store.all().filter((part) => part.messageId === messageId && part.state === 'waiting')) {
        if (signal?.aborted === true) throw new LebError('CANCELLED');
        store.setSent(partId, await modem.messages.send({ hex: pdu, tpduLength: tpduLengthOf(pdu) }));
        publish();
      }
    } catch (error) {
      store.setFailed(messageId, toProblem(error));
      publish();
      throw error;
    }
    return find(messageId).message;
  }

  return {
    snapshot,
    async read(device, priority = 'user') {
      const modem = openModemOf(device);
      const listed = await modem.messages.list(priority);
      const origin = originOf(device, modem);
      store.forgetPlaces(origin.imei);
      for (const { pdu, state, storage, index } of listed.messages) keep(origin, pdu, state, { storage, index });
      storages.set(
        device.deviceId,
        listed.storages.map((storage) => ({ deviceId: device.deviceId, ...storage })),
      );
      const left = store.all().filter(({ removed, place, imei }) => removed && place !== null && imei === origin.imei);
      for (const part of left) {
        await removeFrom(modem, part);
        store.remove([part.partId]);
      }
      return publish();
    },
    async take(device, news) {
      const modem = openModemOf(device);
      const origin = originOf(device, modem);
      if (news.pdu !== undefined) keep(origin, news.pdu, 'unread', null);
      else {
        const stored = await modem.messages.read(news.storage, news.index, 'poll');
        if (stored === null) return;
        const message = keep(origin, stored.pdu, stored.state, news);
        // A report has told all that it has to tell.
        if (message?.type === 'statusReport') await modem.messages.remove(news.storage, news.index);
        else storages.set(device.deviceId, (storages.get(device.deviceId) ?? []).map(fuller(news.storage)));
      }
      publish();
    },
    plan(text) {
      const { alphabet, parts, unitsLeft } = planText(text);
      return { alphabet, parts: parts.length, unitsLeft };
    },
    async send(device, { to, text, report }, signal) {
      const modem = openModemOf(device);
      concatenationReference = (concatenationReference + 1) % 256;
      const parts = encodeSubmit(text, { to, concatenationReference, statusReport: report });
      // A report goes past a modem that was not told to pass it on.
      if (report) await modem.messages.follow('user');
      const messageId = store.write(originOf(device, modem), parts, instantNow());
      publish();
      return deliver(modem, messageId, signal);
    },
    deviceOf: (messageId) => find(messageId).message.deviceId,
    sendAgain(device, messageId, signal) {
      const modem = openModemOf(device);
      find(messageId);
      store.setWaiting(messageId);
      publish();
      return deliver(modem, messageId, signal);
    },
    markRead(messageIds) {
      const unread = messages.filter(({ message }) => message.unread && messageIds.includes(message.messageId));
      if (unread.length === 0) return;
      store.setRead(unread.flatMap(({ parts }) => parts.map(({ partId }) => partId)));
      publish();
    },
    async delete(messageIds) {
      try {
        for (const { parts } of messageIds.map(find)) {
          for (const part of parts) {
            const modem = part.place === null ? null : modemWith(part.imei);
            if (modem !== null) await removeFrom(modem, part);
          }
          store.remove(parts.map(({ partId }) => partId));
        }
      } finally {
        publish();
      }
    },
    async free(device) {
      const modem = openModemOf(device);
      const parts = store.all().filter(({ place, imei }) => place !== null && imei === modem.identity.imei);
      for (const part of parts) await removeFrom(modem, part);
      await this.read(device);
      return parts.length;
    },
  };
}

function originOf(device: ManagedDevice, modem: Modem): PartOrigin {
  return { deviceId: device.deviceId, imei: modem.identity.imei, iccid: device.view().modem?.iccid ?? null };
}

function fuller(name: string): (storage: MessageStorage) => MessageStorage {
  return (storage) => (storage.name === name ? { ...storage, used: Math.min(storage.used + 1, storage.total) } : storage);
}

/** When the service centre took it, else now. */
function timeOf(message: SmsMessage | null): string {
  const sent = message?.type === 'deliver' ? Date.parse(message.timestamp ?? '') : Number.NaN;
  return Number.isNaN(sent) ? instantNow() : new Date(sent).toISOString();
}

/** In octets, without the service centre in front, whose length is the first octet. */
function tpduLengthOf(pdu: string): number {
  return pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16);
}

/** Networks report on a number in another form than it was dialled: the last digits tell. */
function sameNumber(message: SmsMessage | null, number: string): boolean {
  return message !== null && ending(otherParty(message)?.number ?? '') === ending(number);
}

function ending(number: string): string {
  return number.replaceAll(/\D/g, '').slice(-8);
}
