/** Text messages and codes to the network, as the window and the terminal see them. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, problem, procedure } from '../common.ts';
import { deviceId } from './devices.ts';

export const textMessage = z.object({
  messageId: z.string(),
  direction: z.enum(['received', 'sent']),
  deviceId,
  /** The profile that was in use. */
  iccid: z.string().nullable(),
  /** Who is at the other end: a number or a name. */
  number: z.string().nullable(),
  /** Of the parts that are here; null: data for a program. */
  text: z.string().nullable(),
  /** Of such data, in hex. */
  data: z.string().nullable(),
  at: instant,
  parts: z.int(),
  /** Numbers of the parts that have not come, from 1. */
  missing: z.array(z.int()),
  /** delivered, trying, undelivered: what a report said. draft: written elsewhere and kept in the modem. */
  state: z.enum(['received', 'draft', 'sending', 'sent', 'delivered', 'trying', 'undelivered', 'failed']),
  partsSent: z.int(),
  unread: z.boolean(),
  /** Takes up room in the modem or on the SIM. */
  stored: z.boolean(),
  /** The order that a confirmation of a renewal names, for people. */
  orderNumber: z.string().nullable(),
  problem: problem.nullable(),
});

/** `SM` on the SIM, `ME` in the modem. A full one takes no more messages: they wait at the network, and not for ever. */
export const messageStorage = z.object({ deviceId, name: z.string(), used: z.int(), total: z.int() });

export const messagesSnapshot = z.object({ messages: z.array(textMessage), storages: z.array(messageStorage) });

/** What a text takes. */
export const messagePlan = z.object({
  alphabet: z.enum(['gsm7', 'ucs2']),
  parts: z.int(),
  /** How many more characters the last part takes. */
  unitsLeft: z.int(),
});

const text = z.string().min(1).max(40_000);
const ids = z.array(z.string().max(100)).min(1).max(1000);

export const messagesContract = {
  /** The archive, newest first, and how full the storages are, now and after each change. From the first call on modems are listened to. */
  watch: procedure.output(eventIterator(messagesSnapshot)),
  /** Reads what SIM and modem keep, now. */
  read: procedure.input(z.object({ deviceId })).output(messagesSnapshot),
  /** What a text costs before it is sent. @throws SMS_NOT_ENCODABLE */
  plan: procedure.input(z.object({ text })).output(messagePlan),
  /** Progress shows in `watch`; a part that fails ends it. @throws SMS_NOT_ENCODABLE, CMS_ERROR … */
  send: procedure
    .input(z.object({ deviceId, to: z.string().trim().min(1).max(40), text, report: z.boolean().default(false) }))
    .output(textMessage),
  /** Sends the parts that have not gone. @throws MESSAGE_UNKNOWN */
  sendAgain: procedure.input(z.object({ messageId: z.string().max(100) })).output(textMessage),
  markRead: procedure.input(z.object({ messageIds: ids })).output(z.void()),
  /** Out of the archive and out of the modem; where that is not there, as soon as it is. @throws MESSAGE_UNKNOWN */
  delete: procedure.input(z.object({ messageIds: ids })).output(z.void()),
  /** Makes room: takes out of the modem what the archive has. */
  free: procedure.input(z.object({ deviceId })).output(z.object({ freed: z.int() })),
};

export const ussdReply = z.object({
  state: z.enum(['done', 'answerExpected', 'ended', 'otherClient', 'notSupported', 'timeout']),
  text: z.string().nullable(),
});

export const ussdContract = {
  /** A code such as `*100#`, or the answer to a menu. @throws USSD_NO_ANSWER */
  send: procedure
    .input(
      z.object({
        deviceId,
        text: z
          .string()
          .trim()
          .regex(/^[^"\p{Cc}]{1,182}$/u),
      }),
    )
    .output(ussdReply),
  cancel: procedure.input(z.object({ deviceId })).output(z.void()),
};

export type TextMessage = z.infer<typeof textMessage>;
export type MessageStorage = z.infer<typeof messageStorage>;
export type MessagesSnapshot = z.infer<typeof messagesSnapshot>;
export type MessagePlan = z.infer<typeof messagePlan>;
export type UssdReply = z.infer<typeof ussdReply>;
