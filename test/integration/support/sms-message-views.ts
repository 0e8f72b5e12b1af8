import { smsDocument } from '#headless/cli/sms-document.ts';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { numberTypeOf, toAddress, type SmsAddress } from '#native/sms/address.ts';
import { dataCodingOf, decodeDataCoding } from '#native/sms/data-coding.ts';
import { encodeSubmit } from '#native/sms/encode-submit.ts';
import { encodeTpdu } from '#native/sms/encode-tpdu.ts';
import { otherParty, type SmsMessage } from '#native/sms/sms-message.ts';
import { decodePdu, encodePdu, type PduOptions } from '#native/sms/sms-pdu.ts';
import type { UserData } from '#native/sms/user-data.ts';
import type { ValidityPeriod } from '#native/sms/validity-period.ts';

export type SmsVector = {
  readonly id: string;
  readonly suite: string;
  readonly kind?: string;
  readonly op?: string;
  readonly pdu?: string;
  readonly input?: unknown;
  readonly hasSmsc?: boolean;
  readonly direction?: string;
  readonly padBits?: number;
  readonly vpf?: string | number;
  readonly alphabet?: string;
  readonly udh?: readonly Element[];
  readonly context?: { readonly numSeptets?: number; readonly smsc?: boolean };
  readonly nationalLanguageLocking?: string;
  readonly nationalLanguageShift?: string;
  readonly expected: Fields;
};

export type Fields = Readonly<Record<string, unknown>>;
export type Element = { readonly id: number; readonly data: string };
export type WireNumber = { readonly digits: string; readonly typeOfAddress: number };

/** What our code makes of a vector, under the names that its suite expects. What throws is a refusal. */
export type View = (vector: SmsVector) => Fields;

export const decode: View = (vector) => {
  const options: PduOptions =
    vector.suite === 'warthog618' ? { hasServiceCentre: false, direction: vector.direction === 'MO' ? 'fromMobile' : 'toMobile' } : {};
  return viewMessage(vector.pdu ?? String(vector.input), options);
};

export function viewMessage(hex: string, options: PduOptions): Fields {
  const pdu = decodePdu(hex, options);
  const { message } = pdu;
  const document = smsDocument(pdu);
  const party = otherParty(message);
  const address = party === null ? null : viewAddress(party);
  const validity = message.type === 'submit' ? message.validity : null;
  const report = {
    status: document.status,
    scts: local(document.timestamp),
    dt: local(document.dischargeTime),
    recipient: document.number,
  };
  return {
    ...document,
    parses: true,
    originator: address,
    destination: address,
    recipient: address,
    scts: document.timestamp,
    timestampUtc: document.timestamp === null ? null : new Date(document.timestamp).toISOString().slice(0, 19),
    discharged: document.dischargeTime,
    firstOctet: encodeTpdu(message)[0],
    userDataUnpackedHex: bytesToHex(message.userData?.content ?? new Uint8Array(0)),
    parameterIndicator: indicatorOf(message),
    validityPeriod: validity,
    protocol_id: document.pid,
    fmt: ((document.dcs ?? 0) >> 2) & 3,
    ref: document.reference,
    statusReport: report,
    textPrefix: document.text,
    ...(message.type === 'command' ? { dcs: dataCodingOf('data8').octet } : {}),
  };
}

export function viewAddress({ number, typeOfAddress }: SmsAddress): Fields {
  return { digits: number.replace('+', ''), typeOfAddress, ton: (typeOfAddress >> 4) & 7, address: number };
}

function indicatorOf(message: SmsMessage): number {
  if (!('failureCause' in message) && message.type !== 'statusReport') return 0;
  return (message.protocol === null ? 0 : 1) | (message.dataCoding === null ? 0 : 2) | (message.userData === null ? 0 : 4);
}

function local(time: string | null): string | null {
  return time?.slice(0, 19) ?? null;
}

export function addressFrom({ digits, typeOfAddress }: WireNumber): SmsAddress {
  return { number: digits, type: numberTypeOf(typeOfAddress), typeOfAddress };
}

export const submit: View = ({ input, suite }) => {
  const asked = input as Fields & { readonly number: string; readonly smsc?: string; readonly text: string };
  const seconds = asked['validitySeconds'] ?? Number(asked['validityMinutes'] ?? 0) * 60;
  const absolute = asked['validityAbsolute'];
  const validity: ValidityPeriod | null =
    typeof absolute === 'string'
      ? { format: 'absolute', time: absolute }
      : Number(seconds) > 0
        ? { format: 'relative', seconds: Number(seconds) }
        : null;
  // One suite writes numbers without a plus sign as national ones; what they are stands in no vector.
  const address = (number: string): SmsAddress =>
    suite === 'python-gsmmodem' && !number.startsWith('+') ? toAddress(number, 'national') : toAddress(number);
  const destination = address(asked.number);
  const smsc = asked.smsc === undefined ? null : address(asked.smsc);
  if (asked['forceDcs'] !== undefined) {
    const content = hexToBytes(Buffer.from(asked.text, 'latin1').toString('hex'));
    const message = messageFrom({ ...asked, type: 'SMS-SUBMIT', dcs: asked['forceDcs'], userDataUnpackedHex: bytesToHex(content) });
    return { pdu: encodePdu(smsc, { ...message, destination } as SmsMessage).hex };
  }
  const pdus = encodeSubmit(asked.text, {
    to: destination,
    smsc,
    concatenationReference: Number(asked['concatReference'] ?? 0),
    messageReference: Number(asked['reference'] ?? 0),
    messageClass: (asked['class'] as 0 | 1 | 2 | 3 | undefined) ?? null,
    statusReport: asked['statusReport'] === true,
    rejectDuplicates: asked['rejectDuplicates'] === true,
    validity,
  }).map(({ hex }) => hex);
  return { pdu: pdus[0], pdus, tpduOffset: Number.parseInt(pdus[0]?.slice(0, 2) ?? '', 16) + 1 };
};

export const encodeTpduView: View = ({ input }) => ({ tpdu: bytesToHex(encodeTpdu(messageFrom(input as Fields))) });

export function messageFrom(asked: Fields): SmsMessage {
  const first = Number(asked['firstOctet'] ?? 0);
  const dataCoding = decodeDataCoding(Number(asked['dcs'] ?? 0));
  const protocol = Number(asked['pid'] ?? 0);
  const content = hexToBytes((asked['userDataUnpackedHex'] ?? '') as string);
  const userData: UserData = { alphabet: dataCoding.alphabet, compressed: false, header: null, content, text: null, cut: false };
  const indicator = Number(asked['parameterIndicator'] ?? 0);
  const parameters = {
    protocol: (indicator & 1) === 0 ? null : protocol,
    dataCoding: (indicator & 2) === 0 ? null : dataCoding,
    userData: (indicator & 4) === 0 ? null : userData,
  };
  const address = addressFrom(
    (asked['destination'] ?? asked['originator'] ?? asked['recipient'] ?? { digits: '', typeOfAddress: 0x80 }) as WireNumber,
  );
  const messageReference = Number(asked['messageReference'] ?? 0);
  const timestamp = (asked['scts'] ?? null) as string | null;
  const failureCause = Number(asked['failureCause']);
  const more = (first & 4) === 0;
  switch (asked['type']) {
    case 'SMS-DELIVER':
      return {
        type: 'deliver',
        originator: address,
        protocol,
        dataCoding,
        timestamp,
        userData,
        moreMessages: more,
        loopPrevention: false,
        replyPath: false,
        statusReportIndication: false,
      };
    case 'SMS-SUBMIT':
      return {
        type: 'submit',
        messageReference,
        destination: address,
        protocol,
        dataCoding,
        validity: (asked['validityPeriod'] ?? null) as ValidityPeriod | null,
        userData,
        rejectDuplicates: false,
        statusReportRequest: false,
        replyPath: false,
      };
    case 'SMS-STATUS-REPORT':
      return {
        type: 'statusReport',
        messageReference,
        recipient: address,
        timestamp,
        dischargeTime: (asked['dischargeTime'] ?? null) as string | null,
        status: Number(asked['status'] ?? 0),
        moreMessages: more,
        loopPrevention: false,
        statusReportQualifier: false,
        ...parameters,
      };
    case 'SMS-DELIVER-REPORT':
      return { type: 'deliverReport', failureCause, ...parameters };
    case 'SMS-SUBMIT-REPORT':
      return { type: 'submitReport', failureCause, timestamp, ...parameters };
    case 'SMS-COMMAND':
      return {
        type: 'command',
        messageReference,
        protocol,
        commandType: Number(asked['commandType'] ?? 0),
        messageNumber: Number(asked['messageNumber'] ?? 0),
        destination: address,
        userData: { ...userData, alphabet: 'data8' },
        statusReportRequest: false,
      };
    default:
      throw new RangeError('a type that TS 23.040 does not have');
  }
}
