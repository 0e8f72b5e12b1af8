import type { NumberType } from '#native/sms/address.ts';
import type { SmsAlphabet, WaitingKind } from '#native/sms/data-coding.ts';
import { deliveryOutcome, type DeliveryOutcome } from '#native/sms/delivery-outcome.ts';
import { otherParty } from '#native/sms/sms-message.ts';
import type { SmsPdu } from '#native/sms/sms-pdu.ts';
import type { Concatenation } from '#native/sms/user-data-header.ts';
import type { UserData } from '#native/sms/user-data.ts';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';

/** What `leb sms decode --json` says of a PDU. What its type does not have is null. */
export type SmsDocument = {
  readonly type: 'deliver' | 'submit' | 'status-report' | 'deliver-report' | 'submit-report' | 'command';
  readonly smsc: string | null;
  /** The sender of what came, the recipient of what goes. */
  readonly number: string | null;
  readonly numberType: NumberType | null;
  /** When the service centre took it. */
  readonly timestamp: string | null;
  readonly text: string | null;
  readonly content: 'text' | 'binary' | 'compressed' | 'none';
  readonly encoding: SmsAlphabet | null;
  /** The octets of what is not text, without the header. */
  readonly dataHex: string | null;
  /** Less came than the PDU says. */
  readonly cut: boolean;
  readonly multipart: boolean;
  readonly concat: Concatenation | null;
  /** Of the parts of one message, or else TP-MR. */
  readonly reference: number | null;
  readonly part: number | null;
  readonly parts: number | null;
  readonly ports: { readonly destination: number; readonly source: number } | null;
  /** Whether it is written with the tables of a language of its own. */
  readonly nationalLanguage: boolean;
  readonly languages: { readonly locking: string | null; readonly singleShift: string | null };
  readonly udh: readonly { readonly id: number; readonly data: string }[];
  readonly class: number | null;
  /** Short message type 0: taken without a word. */
  readonly silent: boolean;
  readonly waiting: WaitingKind | null;
  /** TP-PID and TP-DCS. */
  readonly pid: number | null;
  readonly dcs: number | null;
  readonly messageReference: number | null;
  readonly validity: string | null;
  readonly validitySeconds: number | null;
  readonly statusReportRequest: boolean;
  readonly status: number | null;
  readonly outcome: DeliveryOutcome | null;
  readonly dischargeTime: string | null;
  readonly failureCause: number | null;
  readonly commandType: number | null;
  readonly messageNumber: number | null;
  readonly tpduLength: number;
};

const types = {
  deliver: 'deliver',
  submit: 'submit',
  statusReport: 'status-report',
  deliverReport: 'deliver-report',
  submitReport: 'submit-report',
  command: 'command',
} as const;

/** TS 23.040 §9.2.3.9. */
const silentProtocol = 0x40;

export function smsDocument({ smsc, message, tpduLength }: SmsPdu): SmsDocument {
  const party = otherParty(message);
  const { userData } = message;
  const header = userData?.header ?? null;
  const concat = header?.concatenation ?? null;
  const dataCoding = 'dataCoding' in message ? message.dataCoding : null;
  const messageReference = 'messageReference' in message ? message.messageReference : null;
  const validity = message.type === 'submit' ? message.validity : null;
  const content = contentOf(userData);
  return {
    type: types[message.type],
    smsc: smsc?.number ?? null,
    number: party?.number ?? null,
    numberType: party?.type ?? null,
    timestamp: 'timestamp' in message ? message.timestamp : null,
    text: userData?.text ?? null,
    content,
    encoding: userData?.alphabet ?? null,
    dataHex: userData !== null && (content === 'binary' || content === 'compressed') ? bytesToHex(userData.content) : null,
    cut: userData?.cut === true,
    multipart: concat !== null,
    concat,
    reference: concat?.reference ?? messageReference,
    part: concat?.part ?? null,
    parts: concat?.parts ?? null,
    ports: header?.ports ?? null,
    nationalLanguage: header !== null && (header.locking !== null || header.singleShift !== null),
    languages: { locking: header?.locking ?? null, singleShift: header?.singleShift ?? null },
    udh: (header?.elements ?? []).map(({ id, data }) => ({ id, data: bytesToHex(data) })),
    class: dataCoding?.messageClass ?? null,
    silent: message.type === 'deliver' && message.protocol === silentProtocol,
    waiting: dataCoding?.waiting?.active === true ? dataCoding.waiting.kind : null,
    pid: message.protocol,
    dcs: dataCoding?.octet ?? null,
    messageReference,
    validity: validity?.format === 'absolute' ? validity.time : null,
    validitySeconds: validity === null || validity.format === 'absolute' ? null : validity.seconds,
    statusReportRequest: 'statusReportRequest' in message && message.statusReportRequest,
    status: message.type === 'statusReport' ? message.status : null,
    outcome: message.type === 'statusReport' ? deliveryOutcome(message.status) : null,
    dischargeTime: message.type === 'statusReport' ? message.dischargeTime : null,
    failureCause: 'failureCause' in message ? message.failureCause : null,
    commandType: message.type === 'command' ? message.commandType : null,
    messageNumber: message.type === 'command' ? message.messageNumber : null,
    tpduLength,
  };
}

function contentOf(userData: UserData | null): SmsDocument['content'] {
  if (userData === null) return 'none';
  if (userData.compressed) return 'compressed';
  return userData.text === null ? 'binary' : 'text';
}
