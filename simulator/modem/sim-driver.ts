import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeSwappedDigits } from '#native/euicc/tlv/digits.ts';
import type { CardSlot } from '../euicc/card-slot.ts';
import { classForChannel } from '../euicc/command.ts';
import type { ModemTraits } from './modem-traits.ts';

export type SimIdentity = { readonly iccid: string; readonly imsi: string };
export type SimStart = { readonly state: 'absent' | 'failed' } | { readonly state: 'ready'; readonly identity: SimIdentity };

/** The modem's own dealings with the card in its slot: power-up, files, channels, toolkit. */
export type SimDriver = {
  /** Reset, TERMINAL PROFILE and identity. A chip without an enabled profile has no USIM and counts as failed. */
  start(): SimStart;
  /** An APDU of the host as it is, or null where the card has left. */
  transmit(command: Uint8Array): Uint8Array | null;
  /** A logical channel with this application selected, under a name that the modem gives it. */
  openChannel(aid: Uint8Array): { readonly session: string } | { readonly failure: 'absent' | 'noChannel' | 'notFound' };
  /** An APDU of the host in this session; its own channel bits are overwritten. */
  transmitOn(session: string, command: Uint8Array): Uint8Array | null;
  closeChannel(session: string): boolean;
  /** SELECT and one command on a file (3GPP TS 27.007 §8.18); null where the card has left. */
  accessFile(id: number, command: Uint8Array | 'parameters'): Uint8Array | null;
};

/** @param onRefresh the card has a proactive command of this length, which can only be a REFRESH */
export function makeSimDriver(slot: CardSlot, traits: ModemTraits, onRefresh: (length: number) => void): SimDriver {
  const sessions = new Map<string, number>();
  let opened = 0;

  /** An APDU of the host. */
  function exchange(command: Uint8Array): Uint8Array | null {
    const answer = traits.fetchesAnswers ? fetchAll(command) : slot.transmit(command);
    if (answer !== null && answer.at(-2) === 0x91) onRefresh(answer.at(-1) ?? 0);
    return answer;
  }

  /** With all that the card has to say to it (ETSI TS 102 221 §7.3.1.1). */
  function fetchAll(command: Uint8Array): Uint8Array | null {
    let answer = slot.transmit(command);
    if (answer?.at(-2) === 0x6c && command.length === 5) answer = slot.transmit(withExpectedLength(command, answer.at(-1) ?? 0));
    const pieces: Uint8Array[] = [];
    while (answer?.at(-2) === 0x61) {
      pieces.push(answer.subarray(0, -2));
      answer = slot.transmit(fetchCommand(command, answer.at(-1) ?? 0));
    }
    return answer === null ? null : concatBytes(...pieces, answer);
  }

  /** Handles say nothing of the channel, and none comes twice. */
  function nameSession(channel: number): string {
    opened += 1;
    const handle = (Math.imul(opened, 0x9e3779b1) >>> 8).toString(16).toUpperCase();
    return traits.sessions === 'channels' ? String(channel) : handle.padStart(8, '0');
  }

  function exchangeHex(hex: string): string {
    const answer = slot.transmit(hexToBytes(hex));
    return answer === null ? '' : bytesToHex(answer);
  }

  /** Follows 61xx, which the modem does at least for itself. */
  function gather(command: Uint8Array): Uint8Array | null {
    const answer = slot.transmit(command);
    if (answer?.at(-2) !== 0x61) return answer;
    return slot.transmit(fetchCommand(command, answer.at(-1) ?? 0));
  }

  function readFile(path: string, length: number): Uint8Array | null {
    if (!exchangeHex(`00A4080C${(path.length / 2).toString(16).padStart(2, '0')}${path}`).endsWith('9000')) return null;
    const answer = slot.transmit(Uint8Array.of(0, 0xb0, 0, 0, length));
    return answer === null || answer.length !== length + 2 ? null : answer.subarray(0, length);
  }

  return {
    start() {
      sessions.clear();
      if (!slot.present()) return { state: 'absent' };
      try {
        slot.reset();
      } catch {
        return { state: 'failed' };
      }
      exchangeHex('80AA00000AA9088100820101830107');
      // The eighth bit of the third octet: this terminal knows REFRESH (ETSI TS 102 223 §5.2).
      exchangeHex('8010000008FFFFFFFF7F0000DF');
      const iccid = readFile('2FE2', 10);
      const imsi = readFile('7FFF6F07', 9);
      if (!slot.present()) return { state: 'absent' };
      if (iccid === null || imsi === null) return { state: 'failed' };
      return { state: 'ready', identity: { iccid: decodeSwappedDigits(iccid), imsi: decodeSwappedDigits(imsi.subarray(1)).slice(1) } };
    },
    transmit: (command) => (reachesChannel(traits, command) ? exchange(command) : Uint8Array.of(0x68, 0x81)),
    openChannel(aid) {
      const answer = slot.transmit(hexToBytes('0070000001'));
      if (answer === null) return { failure: 'absent' };
      const channel = answer[0];
      if (channel === undefined || answer.length !== 3) return { failure: 'noChannel' };
      const select = concatBytes(Uint8Array.of(classForChannel(0, channel), 0xa4, 0x04, 0x00, aid.length), aid);
      const selected = slot.transmit(select);
      if (selected === null) return { failure: 'absent' };
      if (selected.at(-2) === 0x61 || selected.at(-2) === 0x90) {
        const session = nameSession(channel);
        sessions.set(session, channel);
        return { session };
      }
      slot.transmit(Uint8Array.of(0, 0x70, 0x80, channel, 0));
      return { failure: 'notFound' };
    },
    transmitOn(session, command) {
      const channel = sessions.get(session);
      if (channel === undefined) return Uint8Array.of(0x68, 0x81);
      const patched = command.slice();
      patched[0] = classForChannel(command[0] ?? 0, channel);
      return exchange(patched);
    },
    closeChannel(session) {
      const channel = sessions.get(session);
      if (channel === undefined) return false;
      sessions.delete(session);
      slot.transmit(Uint8Array.of(0, 0x70, 0x80, channel, 0));
      return true;
    },
    accessFile(id, command) {
      // Files of the root begin with 2F, all others lie in the USIM application.
      const path = id >> 8 === 0x2f ? [] : [0x7f, 0xff];
      const whole = [...path, id >> 8, id & 0xff];
      const p2 = command === 'parameters' ? 0x04 : 0x0c;
      const selected = gather(Uint8Array.of(0, 0xa4, 0x08, p2, whole.length, ...whole));
      if (selected === null || command === 'parameters' || selected.at(-2) !== 0x90) return selected;
      return slot.transmit(command);
    },
  };
}

/** What AT+CSIM of this modem carries: everything, only what manages channels beside the basic one, or the basic one alone. */
function reachesChannel({ csimChannels }: ModemTraits, command: Uint8Array): boolean {
  const [cla = 0, instruction] = command;
  if (instruction === 0x70) return csimChannels !== 'none';
  return csimChannels === 'carried' || (cla & 0x43) === 0;
}

function withExpectedLength(command: Uint8Array, length: number): Uint8Array {
  return concatBytes(command.subarray(0, 4), Uint8Array.of(length));
}

/** GET RESPONSE on the channel of the command. */
function fetchCommand(command: Uint8Array, length: number): Uint8Array {
  return Uint8Array.of((command[0] ?? 0) & 0x7f, 0xc0, 0, 0, length);
}

/** The one command that a terminal of the bench knows: fetched, done, answered (ETSI TS 102 223 §6.4.7, §6.8). */
export function answerRefresh(slot: CardSlot, length: number): void {
  const fetched = slot.transmit(Uint8Array.of(0x80, 0x12, 0, 0, length));
  const qualifier = fetched?.[6] ?? 0;
  slot.transmit(hexToBytes(`801400000C81030101${qualifier.toString(16).padStart(2, '0')}82028281830100`));
}
