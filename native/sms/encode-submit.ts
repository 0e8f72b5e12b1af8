import { toAddress, type SmsAddress } from './address.ts';
import { dataCodingOf } from './data-coding.ts';
import { notEncodable } from './sms-error.ts';
import type { SubmitMessage } from './sms-message.ts';
import { encodePdu } from './sms-pdu.ts';
import { encodePart, planText, tableElements, type TextOptions } from './text-plan.ts';
import { concatenationElement, describeElements } from './user-data-header.ts';
import type { ValidityPeriod } from './validity-period.ts';

export type SubmitOptions = TextOptions & {
  /** As people write it, or an address of a chosen type. */
  readonly to: string | SmsAddress;
  /** `null`: the service centre that the SIM holds. */
  readonly smsc?: string | SmsAddress | null;
  /** Tells the parts of this message from those of another one to the same number: 8 bits, or 16 if wide. */
  readonly concatenationReference: number;
  /** TP-MR; modems put their own in its place. */
  readonly messageReference?: number;
  readonly validity?: ValidityPeriod | null;
  readonly messageClass?: 0 | 1 | 2 | 3 | null;
  readonly statusReport?: boolean;
  readonly rejectDuplicates?: boolean;
};

/** One part, ready for AT+CMGS. */
export type SubmitPart = { readonly hex: string; readonly tpduLength: number; readonly text: string };

/**
 * A text as one or several SMS-SUBMIT, in the coding that takes the fewest parts (`planText`).
 * @throws DeviceError SMS_NOT_ENCODABLE
 */
export function encodeSubmit(text: string, options: SubmitOptions): readonly SubmitPart[] {
  const plan = planText(text, options);
  const wide = options.wideReference === true;
  const smsc = options.smsc ?? null;
  const destination = asAddress(options.to);
  // What is no number was mistyped: no network takes a message to a name.
  if (destination.type === 'alphanumeric') throw notEncodable('number', destination.number);
  return plan.parts.map((part, index) => {
    const place = { reference: options.concatenationReference, wide, parts: plan.parts.length, part: index + 1 };
    const elements = [...(plan.parts.length > 1 ? [concatenationElement(place)] : []), ...tableElements(plan.tables)];
    const message: SubmitMessage = {
      type: 'submit',
      messageReference: options.messageReference ?? 0,
      destination,
      protocol: 0,
      dataCoding: dataCodingOf(plan.alphabet, options.messageClass ?? null),
      validity: options.validity ?? null,
      userData: {
        alphabet: plan.alphabet,
        compressed: false,
        header: elements.length === 0 ? null : describeElements(elements),
        content: encodePart(part, plan),
        text: part,
        cut: false,
      },
      rejectDuplicates: options.rejectDuplicates === true,
      statusReportRequest: options.statusReport === true,
      replyPath: false,
    };
    return { ...encodePdu(smsc === null ? null : asAddress(smsc), message), text: part };
  });
}

function asAddress(written: string | SmsAddress): SmsAddress {
  return typeof written === 'string' ? toAddress(written) : written;
}
