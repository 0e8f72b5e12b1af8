import { DeviceError } from '../errors.ts';

/** Where a PDU stops following TS 23.040. */
export type PduFault =
  | 'hex' // no hex digits
  | 'cut' // it ends before `field` does
  | 'type' // TP-MTI 11, which is reserved
  | 'serviceCentre'
  | 'address'
  | 'validityPeriod'
  | 'userDataLength' // the user data is shorter than it says
  | 'userDataHeader';

/** @param at the octet, counted from the start of the PDU, at which the field begins that cannot be read */
export function pduInvalid(reason: PduFault, at: number, field?: string): DeviceError {
  return new DeviceError('SMS_PDU_INVALID', field === undefined ? { reason, at } : { reason, at, field });
}

/** What cannot be put into a message. */
export type EncodingFault =
  | 'number'
  | 'name' // an alphanumeric address: over eleven characters, or not of the default alphabet
  | 'timestamp'
  | 'validityPeriod'
  | 'dataCoding' // reserved by TS 23.038 §4
  | 'alphabet' // the text does not fit into the alphabet that was asked for
  | 'tooLong'; // over 140 octets, or over 255 parts

export function notEncodable(reason: EncodingFault, value?: string): DeviceError {
  return new DeviceError('SMS_NOT_ENCODABLE', value === undefined ? { reason } : { reason, value });
}
