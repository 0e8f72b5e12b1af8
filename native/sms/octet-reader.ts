import { pduInvalid } from './sms-error.ts';

/** Reads octets from the front, and knows where it is: whatever ends too early says so. */
export class OctetReader {
  readonly octets: Uint8Array;
  at: number;

  constructor(octets: Uint8Array, at = 0) {
    this.octets = octets;
    this.at = at;
  }

  get left(): number {
    return this.octets.length - this.at;
  }

  /** @throws DeviceError SMS_PDU_INVALID `cut` */
  octet(field: string): number {
    const value = this.octets[this.at];
    if (value === undefined) throw pduInvalid('cut', this.at, field);
    this.at += 1;
    return value;
  }

  /** @throws DeviceError SMS_PDU_INVALID `cut` */
  take(count: number, field: string): Uint8Array {
    if (count > this.left) throw pduInvalid('cut', this.at, field);
    const taken = this.octets.subarray(this.at, this.at + count);
    this.at += count;
    return taken;
  }
}
