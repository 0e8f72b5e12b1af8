import { toAddress } from '#native/sms/address.ts';
import { dataCodingOf } from '#native/sms/data-coding.ts';
import type { DeliverMessage, SmsMessage, SubmitMessage } from '#native/sms/sms-message.ts';
import { encodePdu } from '#native/sms/sms-pdu.ts';
import { encodePart, planText, tableElements } from '#native/sms/text-plan.ts';
import type { UserData } from '#native/sms/user-data.ts';
import { concatenationElement, describeElements } from '#native/sms/user-data-header.ts';
import type { ModemClock } from './modem-clock.ts';

/** A PDU on its way to a subscriber. */
export type AirPdu = { readonly kind: 'deliver' | 'report'; readonly pdu: string; readonly tpduLength: number };

export type TextFromOutside = { readonly from: string; readonly to: string; readonly text: string };

/** The service centre of the bench's networks: it keeps what cannot be delivered yet, in the order in which it came. */
export type SmsCentre = {
  /** A message of the subscriber with this number. To itself it comes back; all others are far away and get it, except for one. */
  submit(message: SubmitMessage, reference: number, from: string): void;
  /** A text from elsewhere, in as many parts as it takes. */
  send(text: TextFromOutside): void;
  /** The next one for this number, until it is taken. */
  waitingFor(number: string): AirPdu | null;
  taken(pdu: AirPdu): void;
  /** Telephones that are never switched on: messages to them run out of time. */
  setUnreachable(numbers: readonly string[]): void;
};

/** Nobody ever switches this telephone on. */
export const unreachableNumber = '+447700900404';
export const centreNumber = '+447700900000';
const centreAddress = toAddress(centreNumber);
const delays = { deliver: 300, report: 500 } as const; // milliseconds
const validityExpired = 0x46; // TS 23.040 §9.2.3.15

export function makeSmsCentre(clock: ModemClock, onChange: () => void): SmsCentre {
  const waiting: { readonly to: string; readonly air: AirPdu }[] = [];
  let concatenationReference = 0;
  let unreachable: readonly string[] = [unreachableNumber];

  function queue(to: string, kind: AirPdu['kind'], message: SmsMessage): void {
    const { hex, tpduLength } = encodePdu(centreAddress, message);
    waiting.push({ to, air: { kind, pdu: hex, tpduLength } });
    onChange();
  }

  function deliver(from: string, to: string, content: Pick<DeliverMessage, 'userData' | 'dataCoding'>): void {
    queue(to, 'deliver', {
      type: 'deliver',
      originator: toAddress(from),
      protocol: 0,
      timestamp: now(),
      moreMessages: false,
      loopPrevention: false,
      replyPath: false,
      statusReportIndication: false,
      ...content,
    });
  }

  return {
    submit({ destination, userData, dataCoding, statusReportRequest }, reference, from) {
      const submitted = now();
      if (destination.number === from) clock.after(delays.deliver, () => deliver(from, from, { userData, dataCoding }));
      if (!statusReportRequest) return;
      clock.after(delays.report, () =>
        queue(from, 'report', {
          type: 'statusReport',
          messageReference: reference,
          recipient: destination,
          timestamp: submitted,
          dischargeTime: now(),
          status: unreachable.includes(destination.number) ? validityExpired : 0,
          moreMessages: false,
          loopPrevention: false,
          statusReportQualifier: false,
          protocol: null,
          dataCoding: null,
          userData: null,
        }),
      );
    },
    send({ from, to, text }) {
      const plan = planText(text);
      concatenationReference = (concatenationReference + 1) % 256;
      for (const [index, part] of plan.parts.entries()) {
        const place = { reference: concatenationReference, wide: false, parts: plan.parts.length, part: index + 1 };
        const elements = [...(plan.parts.length > 1 ? [concatenationElement(place)] : []), ...tableElements(plan.tables)];
        const userData: UserData = {
          alphabet: plan.alphabet,
          compressed: false,
          header: elements.length === 0 ? null : describeElements(elements),
          content: encodePart(part, plan),
          text: part,
          cut: false,
        };
        deliver(from, to, { userData, dataCoding: dataCodingOf(plan.alphabet) });
      }
    },
    setUnreachable(numbers) {
      unreachable = numbers;
    },
    waitingFor: (number) => waiting.find(({ to }) => to === number)?.air ?? null,
    taken(pdu) {
      const position = waiting.findIndex(({ air }) => air === pdu);
      if (position >= 0) waiting.splice(position, 1);
    },
  };
}

/** Service centres write their own time with its distance from GMT; this one stands in Greenwich. */
function now(): string {
  return `${new Date().toISOString().slice(0, 19)}+00:00`;
}
