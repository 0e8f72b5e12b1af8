import { language as languageShape } from '#contract/common.ts';
import { paymentMethod } from '#contract/account/index.ts';
import { CarrierRefusal } from '../carrier/carrier.ts';
import type { Statement, Value } from '../database/database.ts';
import { readQuote, type MessageRow } from '../orders/order-store.ts';
import type { Renewal } from '../orders/renewal.ts';
import type { Parts } from '../parts.ts';
import { renewedLetter, renewedSms, type RenewedFacts } from './letters.ts';
import { MailRefused, type Mailer } from './mailer.ts';
import { planName } from './words.ts';

type Sent = { readonly state: MessageRow['state']; readonly failure: unknown };

/** What became of one message: gone out, refused for good, or to be tried again. */
async function send(parts: Parts, orderId: string, work: () => Promise<void>): Promise<Sent> {
  try {
    await work();
    return { state: 'sent', failure: null };
  } catch (error) {
    if (!(error instanceof MailRefused) && !(error instanceof CarrierRefusal)) return { state: 'queued', failure: error };
    parts.log.error({ order: orderId, err: error }, 'a confirmation was refused');
    return { state: 'failed', failure: null };
  }
}

async function renewedFacts(parts: Parts, { order, msisdn }: Renewal): Promise<RenewedFacts> {
  const quote = readQuote(order);
  const after = JSON.parse(order.after_figures ?? '{}') as { validUntil?: string | null };
  return {
    number: order.number,
    quote,
    planName: order.plan_name ?? (await planName(parts.database, quote.planId)),
    msisdn,
    newEnd: after.validUntil ?? quote.newEnd,
    method: order.payment_method === null ? null : paymentMethod.parse(JSON.parse(order.payment_method)),
    supportEmail: parts.config.mail.supportEmail,
    trial: parts.config.trial,
  };
}

/**
 * Tells of an applied renewal by message and mail what has not been told yet. The message has its key at the carrier and comes once; the mail
 * goes last, next to the statement that remembers it. Gives that statement, and the first failure that is worth another try.
 */
export async function confirmRenewal(
  parts: Parts,
  mailer: Mailer,
  renewal: Renewal,
): Promise<{ readonly record: Statement | null; readonly failure: unknown }> {
  const { order, iccid, email, told, deleted } = renewal;
  const applied = order.state === 'fulfilled' || order.state === 'verified';
  const untold = (channel: MessageRow['channel']): boolean => told[channel] === null || told[channel] === 'queued';
  if (!applied || deleted || !(untold('sms') || (untold('mail') && email !== null))) return { record: null, failure: null };
  const facts = await renewedFacts(parts, renewal);
  const language = languageShape.parse(renewal.language);
  const key = `${order.id}.renewed`;
  const rows: Value[][] = [];
  let failure: unknown = null;
  const note = (channel: MessageRow['channel'], recipient: string, sent: Sent): void => {
    rows.push([order.id, channel, recipient, sent.state, sent.state === 'queued' ? null : Date.now()]);
    failure ??= sent.failure;
  };
  if (untold('sms')) {
    note('sms', renewal.msisdn, await send(parts, order.id, () => parts.carrier.sms({ iccid, text: renewedSms(facts, language), key })));
  }
  if (untold('mail') && email !== null) {
    const letter = { ...renewedLetter(facts, language), to: email, messageId: key, replyTo: parts.config.mail.supportEmail };
    note('mail', email, await send(parts, order.id, () => mailer.send(letter)));
  }
  const places = rows.map((_, row) => `(${[1, 2, 3, 4, 5].map((column) => `$${row * 5 + column}`).join(', ')})`);
  return {
    record: {
      sql: `insert into message (ord_id, channel, recipient, state, at_ms) values ${places.join(', ')}
        on conflict (ord_id, channel) do update set state = excluded.state, at_ms = excluded.at_ms returning ord_id`,
      parameters: rows.flat(),
    },
    failure,
  };
}
