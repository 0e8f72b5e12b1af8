import type { SmsAddress } from './address.ts';
import type { DataCoding } from './data-coding.ts';
import type { UserData } from './user-data.ts';
import type { ValidityPeriod } from './validity-period.ts';

/** Where a TPDU is going: the same two bits mean another type in each direction (TS 23.040 §9.2.3.1). */
export type Direction = 'toMobile' | 'fromMobile';

/** The TPDUs of TS 23.040 §9.2.2. */
export type SmsMessage = DeliverMessage | SubmitMessage | StatusReport | DeliverReport | SubmitReport | CommandMessage;

export type DeliverMessage = {
  readonly type: 'deliver';
  readonly originator: SmsAddress;
  readonly protocol: number; // TP-PID
  readonly dataCoding: DataCoding;
  /** When the service centre took it, ISO 8601 with offset; null: no date. */
  readonly timestamp: string | null;
  readonly userData: UserData;
  readonly moreMessages: boolean;
  readonly loopPrevention: boolean;
  readonly replyPath: boolean;
  readonly statusReportIndication: boolean;
};

export type SubmitMessage = {
  readonly type: 'submit';
  readonly messageReference: number;
  readonly destination: SmsAddress;
  readonly protocol: number;
  readonly dataCoding: DataCoding;
  readonly validity: ValidityPeriod | null;
  readonly userData: UserData;
  readonly rejectDuplicates: boolean;
  readonly statusReportRequest: boolean;
  readonly replyPath: boolean;
};

export type StatusReport = {
  readonly type: 'statusReport';
  readonly messageReference: number;
  readonly recipient: SmsAddress;
  readonly timestamp: string | null;
  readonly dischargeTime: string | null;
  /** TP-ST as it came; `deliveryOutcome` reads it. */
  readonly status: number;
  readonly moreMessages: boolean;
  readonly loopPrevention: boolean;
  /** The report answers a command instead of a message. */
  readonly statusReportQualifier: boolean;
} & ReportParameters;

/** Answers a DELIVER. `failureCause` null: it was taken. */
export type DeliverReport = { readonly type: 'deliverReport'; readonly failureCause: number | null } & ReportParameters;

/** Answers a SUBMIT. `failureCause` null: it was taken. */
export type SubmitReport = {
  readonly type: 'submitReport';
  readonly failureCause: number | null;
  readonly timestamp: string | null;
} & ReportParameters;

export type CommandMessage = {
  readonly type: 'command';
  readonly messageReference: number;
  readonly protocol: number;
  readonly commandType: number;
  readonly messageNumber: number;
  readonly destination: SmsAddress;
  readonly userData: UserData;
  readonly statusReportRequest: boolean;
};

/** What the parameter indicator says is there (§9.2.3.27). */
export type ReportParameters = {
  readonly protocol: number | null;
  readonly dataCoding: DataCoding | null;
  readonly userData: UserData | null;
};

/** Who is at the other end: the sender of what came, the recipient of what goes. */
export function otherParty(message: SmsMessage): SmsAddress | null {
  switch (message.type) {
    case 'deliver':
      return message.originator;
    case 'submit':
    case 'command':
      return message.destination;
    case 'statusReport':
      return message.recipient;
    default:
      return null;
  }
}
