import { readAddress } from './address.ts';
import { dataCodingOf, decodeDataCoding } from './data-coding.ts';
import { firstOctet, parameterBits, typeIndicator } from './first-octet.ts';
import { OctetReader } from './octet-reader.ts';
import { pduInvalid } from './sms-error.ts';
import type {
  CommandMessage,
  DeliverMessage,
  DeliverReport,
  Direction,
  ReportParameters,
  SmsMessage,
  StatusReport,
  SubmitMessage,
  SubmitReport,
} from './sms-message.ts';
import { decodeTimestamp, timestampLength } from './timestamp.ts';
import { readUserData } from './user-data.ts';
import { readValidityPeriod, validityFormats } from './validity-period.ts';

export type TpduOptions = {
  readonly direction: Direction;
  /** A report that answers with an error carries its cause, one that acknowledges does not (§9.2.2.1a, §9.2.2.2a). */
  readonly acknowledges?: boolean;
  /** Keep what came of user data that is cut off. */
  readonly salvage?: boolean;
};

type Source = { readonly reader: OctetReader; readonly first: number; readonly options: TpduOptions };

/**
 * One TPDU of TS 23.040. What follows its last field is left: SIM files fill up with FF.
 * @throws DeviceError SMS_PDU_INVALID
 */
export function decodeTpdu(octets: Uint8Array, options: TpduOptions): SmsMessage {
  return readTpdu(new OctetReader(octets), options);
}

/** @throws DeviceError SMS_PDU_INVALID */
export function readTpdu(reader: OctetReader, options: TpduOptions): SmsMessage {
  const start = reader.at;
  const first = reader.octet('firstOctet');
  const source: Source = { reader, first, options };
  const toMobile = options.direction === 'toMobile';
  switch (first & firstOctet.type) {
    case typeIndicator.deliver:
      return toMobile ? readDeliver(source) : readDeliverReport(source);
    case typeIndicator.submit:
      return toMobile ? readSubmitReport(source) : readSubmit(source);
    case typeIndicator.statusReport:
      return toMobile ? readStatusReport(source) : readCommand(source);
    default:
      throw pduInvalid('type', start);
  }
}

function readDeliver(source: Source): DeliverMessage {
  const { reader, first } = source;
  const originator = readAddress(reader, 'originator');
  const protocol = reader.octet('protocol');
  const dataCoding = decodeDataCoding(reader.octet('dataCoding'));
  const timestamp = decodeTimestamp(reader.take(timestampLength, 'timestamp'));
  const userData = readUserData(reader, dataCoding, has(first, firstOctet.header), source.options.salvage === true);
  return {
    type: 'deliver',
    originator,
    protocol,
    dataCoding,
    timestamp,
    userData,
    moreMessages: !has(first, firstOctet.noMoreMessages),
    loopPrevention: has(first, firstOctet.loopPrevention),
    replyPath: has(first, firstOctet.replyPath),
    statusReportIndication: has(first, firstOctet.statusReport),
  };
}

function readSubmit(source: Source): SubmitMessage {
  const { reader, first } = source;
  const messageReference = reader.octet('messageReference');
  const destination = readAddress(reader, 'destination');
  const protocol = reader.octet('protocol');
  const dataCoding = decodeDataCoding(reader.octet('dataCoding'));
  const validity = readValidityPeriod(reader, validityFormats[(first & firstOctet.validityFormat) >> 3] ?? 'none');
  const userData = readUserData(reader, dataCoding, has(first, firstOctet.header), source.options.salvage === true);
  return {
    type: 'submit',
    messageReference,
    destination,
    protocol,
    dataCoding,
    validity,
    userData,
    rejectDuplicates: has(first, firstOctet.rejectDuplicates),
    statusReportRequest: has(first, firstOctet.statusReport),
    replyPath: has(first, firstOctet.replyPath),
  };
}

function readStatusReport(source: Source): StatusReport {
  const { reader, first } = source;
  return {
    type: 'statusReport',
    messageReference: reader.octet('messageReference'),
    recipient: readAddress(reader, 'recipient'),
    timestamp: decodeTimestamp(reader.take(timestampLength, 'timestamp')),
    dischargeTime: decodeTimestamp(reader.take(timestampLength, 'dischargeTime')),
    status: reader.octet('status'),
    moreMessages: !has(first, firstOctet.noMoreMessages),
    loopPrevention: has(first, firstOctet.loopPrevention),
    statusReportQualifier: has(first, firstOctet.statusReport),
    // Optional here, and FF is the fill of a SIM file.
    ...(reader.left === 0 || reader.octets[reader.at] === 0xff ? noParameters : readParameters(source, readIndicator(reader))),
  };
}

function readDeliverReport(source: Source): DeliverReport {
  const failureCause = readFailureCause(source);
  return { type: 'deliverReport', failureCause, ...readParameters(source, readIndicator(source.reader)) };
}

function readSubmitReport(source: Source): SubmitReport {
  const { reader } = source;
  const failureCause = readFailureCause(source);
  const indicator = readIndicator(reader);
  const timestamp = decodeTimestamp(reader.take(timestampLength, 'timestamp'));
  return { type: 'submitReport', failureCause, timestamp, ...readParameters(source, indicator) };
}

function readCommand(source: Source): CommandMessage {
  const { reader, first } = source;
  return {
    type: 'command',
    messageReference: reader.octet('messageReference'),
    protocol: reader.octet('protocol'),
    commandType: reader.octet('commandType'),
    messageNumber: reader.octet('messageNumber'),
    destination: readAddress(reader, 'destination'),
    // TP-CDL and TP-CD are laid out as user data of octets (§9.2.3.20, §9.2.3.21).
    userData: readUserData(reader, dataCodingOf('data8'), has(first, firstOctet.header), source.options.salvage === true),
    statusReportRequest: has(first, firstOctet.statusReport),
  };
}

function readFailureCause({ reader, options }: Source): number | null {
  return options.acknowledges === true ? null : reader.octet('failureCause');
}

const noParameters: ReportParameters = { protocol: null, dataCoding: null, userData: null };

/** TP-PI; extension octets are reserved and passed over (§9.2.3.27). */
function readIndicator(reader: OctetReader): number {
  const indicator = reader.octet('parameterIndicator');
  for (let octet = indicator; has(octet, parameterBits.extension);) octet = reader.octet('parameterIndicator');
  return indicator;
}

function readParameters({ reader, first, options }: Source, indicator: number): ReportParameters {
  const protocol = has(indicator, parameterBits.protocol) ? reader.octet('protocol') : null;
  const dataCoding = has(indicator, parameterBits.dataCoding) ? decodeDataCoding(reader.octet('dataCoding')) : null;
  const userData = has(indicator, parameterBits.userData)
    ? readUserData(reader, dataCoding ?? dataCodingOf('gsm7'), has(first, firstOctet.header), options.salvage === true)
    : null;
  return { protocol, dataCoding, userData };
}

function has(octet: number, bit: number): boolean {
  return (octet & bit) !== 0;
}
