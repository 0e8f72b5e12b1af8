import { DeviceError } from '../errors.ts';
import { concatBytes } from '../euicc/tlv/hex.ts';
import type { CommandApdu, ResponseApdu } from './card-access.ts';

/** One command APDU to the card and its answer with SW1 SW2, as bytes. */
export type RawTransmit = (command: Uint8Array) => Promise<Uint8Array>;

/**
 * What becomes of Le when a command also carries data (case 4). With T=0, and with every modem, it stays at home: the answer is fetched
 * with GET RESPONSE (ISO 7816-3 §12.2.1), and a trailing 00 after STORE DATA makes some transports fail. With T=1 it is sent.
 */
export type CaseFourLe = 'send' | 'omit';

/** A card that keeps promising more data is stopped here; the longest honest answer of ES10 is far below. */
const maxAnswerLength = 1024 * 1024;
const maxRounds = 4200;

/**
 * A command in ISO 7816-4 short form.
 * @throws RangeError where a field does not fit a short APDU: a mistake of ours, not of the card
 */
export function encodeCommand(command: CommandApdu, caseFourLe: CaseFourLe): Uint8Array {
  const data = command.data ?? new Uint8Array();
  if (data.length > 255) throw new RangeError(`a short APDU carries at most 255 bytes, not ${data.length}`);
  const sendLe = command.le !== undefined && (data.length === 0 || caseFourLe === 'send');
  const header = Uint8Array.of(command.cla, command.ins, command.p1, command.p2);
  const length = data.length === 0 ? new Uint8Array() : Uint8Array.of(data.length);
  const le = sendLe ? Uint8Array.of((command.le ?? 0) & 0xff) : new Uint8Array();
  return concatBytes(header, length, data, le);
}

/** Splits an answer into data and status word. @throws DeviceError CARD_ANSWER where there is no status word */
export function decodeResponse(answer: Uint8Array): ResponseApdu {
  const sw1 = answer.at(-2);
  const sw2 = answer.at(-1);
  if (sw1 === undefined || sw2 === undefined) throw new DeviceError('CARD_ANSWER', { reason: 'no status word', length: answer.length });
  return { data: answer.subarray(0, -2), sw: (sw1 << 8) | sw2 };
}

/**
 * Sends one command and follows the answer to its end: 6Cxx repeats the command with the length that the card names, 61xx fetches what
 * is left with GET RESPONSE in the class of the command (ISO 7816-4 §5.6). Cards that send their data at once are as welcome.
 * @throws DeviceError CARD_ANSWER where the card never comes to an end; whatever `transmit` throws
 */
export async function followStatus(transmit: RawTransmit, command: CommandApdu, caseFourLe: CaseFourLe): Promise<ResponseApdu> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let next = command;
  let bytes = encodeCommand(command, caseFourLe);
  let corrected = false;
  for (let round = 0; round < maxRounds; round += 1) {
    const response = decodeResponse(await transmit(bytes));
    const sw1 = response.sw >> 8;
    const sw2 = response.sw & 0xff;
    if (sw1 === 0x6c && !corrected) {
      corrected = true;
      bytes = encodeCommand({ ...next, le: sw2 }, 'send');
      continue;
    }
    length += response.data.length;
    if (length > maxAnswerLength) break;
    if (response.data.length > 0) parts.push(response.data);
    if (sw1 === 0x61 && command.leaveAnswer === true) return { data: concatBytes(...parts), sw: 0x9000 };
    if (sw1 !== 0x61) return { data: concatBytes(...parts), sw: response.sw };
    next = { cla: command.cla, ins: 0xc0, p1: 0, p2: 0, le: sw2 };
    bytes = encodeCommand(next, caseFourLe);
    corrected = false;
  }
  throw new DeviceError('CARD_ANSWER', { reason: 'endless answer', length });
}

/**
 * Puts a channel number into the class byte: 0…3 in the low bits, 4…19 in the further interindustry form (ISO 7816-4 §5.4.1;
 * the proprietary classes of GlobalPlatform follow the same pattern).
 */
export function classOnChannel(cla: number, channel: number): number {
  if (channel < 0 || channel > 19) throw new RangeError(`no logical channel ${channel}`);
  return channel < 4 ? (cla & 0xfc) | channel : (cla & 0x80) | 0x40 | (channel - 4);
}

/** A status word as people write it: four upper-case hex digits. */
export function formatStatus(sw: number): string {
  return sw.toString(16).toUpperCase().padStart(4, '0');
}
