import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { isDeviceError } from '../errors.ts';
import { encodeServiceCentre, readServiceCentre, type SmsAddress } from './address.ts';
import { readTpdu, type TpduOptions } from './decode-tpdu.ts';
import { encodeTpdu } from './encode-tpdu.ts';
import { OctetReader } from './octet-reader.ts';
import { pduInvalid } from './sms-error.ts';
import type { Direction, SmsMessage } from './sms-message.ts';

/** A PDU as modems pass it: the service centre, then the TPDU (TS 27.005 §3.1). */
export type SmsPdu = {
  readonly smsc: SmsAddress | null;
  readonly message: SmsMessage;
  /** What AT+CMGS wants: octets without the service centre. */
  readonly tpduLength: number;
};

export type PduOptions = {
  /** `null`, as messages are stored: what came is a DELIVER or a STATUS-REPORT, what goes a SUBMIT. */
  readonly direction?: Direction | null;
  /** Whether the service centre stands in front; null: found out. */
  readonly hasServiceCentre?: boolean | null;
};

/** Longest PDU: twelve octets of service centre, 164 of TPDU; SIM files fill up to 176. */
const maxDigits = 2 * 512;

/**
 * Reads the hex digits of one PDU, blanks between them left out. Half an octet at the end is the mark of a line that was cut: what came is
 * kept and marked, as long as it reaches into the text.
 * @throws DeviceError SMS_PDU_INVALID
 */
export function decodePdu(hex: string, { direction = null, hasServiceCentre = null }: PduOptions = {}): SmsPdu {
  const digits = hex.replaceAll(/\s+/g, '');
  const firstWrong = /[^0-9A-Fa-f]/.exec(digits);
  if (firstWrong !== null || digits.length > maxDigits) throw pduInvalid('hex', Math.floor((firstWrong?.index ?? maxDigits) / 2));
  const salvage = digits.length % 2 === 1;
  const octets = hexToBytes(salvage ? digits.slice(0, -1) : digits);
  if (hasServiceCentre === false) return readBare(octets, direction, salvage);
  // TS 24.011 sets the first bit of a type of address. A TPDU has the length of an address or its own first octets there.
  if (hasServiceCentre === null && (octets[0] ?? 0) > 0 && (octets[1] ?? 0) < 0x80) return readBare(octets, direction, salvage);
  try {
    return readWhole(octets, direction, salvage);
  } catch (error) {
    if (hasServiceCentre === true || !isDeviceError(error)) throw error;
    try {
      return readBare(octets, direction, salvage);
    } catch {
      throw error;
    }
  }
}

/** Upper-case hex digits, as AT+CMGS takes them after its prompt. @throws DeviceError SMS_NOT_ENCODABLE */
export function encodePdu(smsc: SmsAddress | null, message: SmsMessage): { readonly hex: string; readonly tpduLength: number } {
  const tpdu = encodeTpdu(message);
  return { hex: bytesToHex(concatBytes(encodeServiceCentre(smsc), tpdu)), tpduLength: tpdu.length };
}

function readWhole(octets: Uint8Array, direction: Direction | null, salvage: boolean): SmsPdu {
  const reader = new OctetReader(octets);
  const smsc = readServiceCentre(reader);
  const start = reader.at;
  const message = readTpdu(reader, optionsFor(octets[start], direction, salvage));
  return { smsc, message, tpduLength: reader.at - start };
}

function readBare(octets: Uint8Array, direction: Direction | null, salvage: boolean): SmsPdu {
  const reader = new OctetReader(octets);
  const message = readTpdu(reader, optionsFor(octets[0], direction, salvage));
  return { smsc: null, message, tpduLength: reader.at };
}

function optionsFor(first: number | undefined, direction: Direction | null, salvage: boolean): TpduOptions {
  return { direction: direction ?? ((first ?? 0) % 4 === 1 ? 'fromMobile' : 'toMobile'), salvage };
}
