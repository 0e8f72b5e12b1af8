import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { encodeAddress } from './address.ts';
import type { DataCoding } from './data-coding.ts';
import { firstOctet, parameterBits, typeIndicator } from './first-octet.ts';
import { notEncodable } from './sms-error.ts';
import type { ReportParameters, SmsMessage } from './sms-message.ts';
import { encodeTimestamp } from './timestamp.ts';
import { encodeUserData, type UserData } from './user-data.ts';
import { encodeValidityPeriod, validityFormats } from './validity-period.ts';

/** The reverse of `decodeTpdu`; the service centre's own types too. @throws DeviceError SMS_NOT_ENCODABLE */
export function encodeTpdu(message: SmsMessage): Uint8Array {
  switch (message.type) {
    case 'deliver':
      return concatBytes(
        firstOf(typeIndicator.deliver, message.userData, [
          [!message.moreMessages, firstOctet.noMoreMessages],
          [message.loopPrevention, firstOctet.loopPrevention],
          [message.statusReportIndication, firstOctet.statusReport],
          [message.replyPath, firstOctet.replyPath],
        ]),
        encodeAddress(message.originator),
        Uint8Array.of(message.protocol, codingOctet(message.dataCoding)),
        encodeTimestamp(message.timestamp),
        encodeUserData(message.userData),
      );
    case 'submit':
      return concatBytes(
        firstOf(typeIndicator.submit, message.userData, [
          [message.rejectDuplicates, firstOctet.rejectDuplicates],
          [true, validityFormats.indexOf(message.validity?.format ?? 'none') << 3],
          [message.statusReportRequest, firstOctet.statusReport],
          [message.replyPath, firstOctet.replyPath],
        ]),
        Uint8Array.of(message.messageReference),
        encodeAddress(message.destination),
        Uint8Array.of(message.protocol, codingOctet(message.dataCoding)),
        encodeValidityPeriod(message.validity),
        encodeUserData(message.userData),
      );
    case 'statusReport':
      return concatBytes(
        firstOf(typeIndicator.statusReport, message.userData, [
          [!message.moreMessages, firstOctet.noMoreMessages],
          [message.loopPrevention, firstOctet.loopPrevention],
          [message.statusReportQualifier, firstOctet.statusReport],
        ]),
        Uint8Array.of(message.messageReference),
        encodeAddress(message.recipient),
        encodeTimestamp(message.timestamp),
        encodeTimestamp(message.dischargeTime),
        Uint8Array.of(message.status),
        // Without parameters the report ends here (§9.2.2.3).
        indicatorOf(message) === 0 ? new Uint8Array(0) : concatBytes(Uint8Array.of(indicatorOf(message)), encodeParameters(message)),
      );
    case 'deliverReport':
      return concatBytes(
        firstOf(typeIndicator.deliver, message.userData, []),
        encodeFailureCause(message.failureCause),
        Uint8Array.of(indicatorOf(message)),
        encodeParameters(message),
      );
    case 'submitReport':
      return concatBytes(
        firstOf(typeIndicator.submit, message.userData, []),
        encodeFailureCause(message.failureCause),
        Uint8Array.of(indicatorOf(message)),
        encodeTimestamp(message.timestamp),
        encodeParameters(message),
      );
    default:
      return concatBytes(
        firstOf(typeIndicator.statusReport, message.userData, [[message.statusReportRequest, firstOctet.statusReport]]),
        Uint8Array.of(message.messageReference, message.protocol, message.commandType, message.messageNumber),
        encodeAddress(message.destination),
        encodeUserData(message.userData),
      );
  }
}

function firstOf(type: number, userData: UserData | null, flags: readonly (readonly [boolean, number])[]): Uint8Array {
  const header = (userData?.header?.elements.length ?? 0) > 0 ? firstOctet.header : 0;
  return Uint8Array.of(flags.reduce((octet, [set, bits]) => octet | (set ? bits : 0), type | header));
}

function codingOctet(coding: DataCoding): number {
  if (coding.reserved) throw notEncodable('dataCoding', String(coding.octet));
  return coding.octet;
}

function encodeFailureCause(cause: number | null): Uint8Array {
  return cause === null ? new Uint8Array(0) : Uint8Array.of(cause);
}

function indicatorOf({ protocol, dataCoding, userData }: ReportParameters): number {
  return (
    (protocol === null ? 0 : parameterBits.protocol) |
    (dataCoding === null ? 0 : parameterBits.dataCoding) |
    (userData === null ? 0 : parameterBits.userData)
  );
}

function encodeParameters({ protocol, dataCoding, userData }: ReportParameters): Uint8Array {
  return concatBytes(
    protocol === null ? new Uint8Array(0) : Uint8Array.of(protocol),
    dataCoding === null ? new Uint8Array(0) : Uint8Array.of(codingOctet(dataCoding)),
    userData === null ? new Uint8Array(0) : encodeUserData(userData),
  );
}
