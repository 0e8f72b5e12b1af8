import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeSwappedDigits } from '#native/euicc/tlv/digits.ts';
import type { CardSlot } from '../euicc/card-slot.ts';
import { classForChannel } from '../euicc/command.ts';

export type SimIdentity = { readonly iccid: string; readonly imsi: string };
export type SimStart = { readonly state: 'absent' | 'failed' } | { readonly state: 'ready'; readonly identity: SimIdentity };

/** The modem's own dealings with the card in its slot: power-up, files, channels, toolkit. */
export type SimDriver = {
  /** Reset, TERMINAL PROFILE and identity. A chip without an enabled profile has no USIM and counts as failed. */
  start(): SimStart;
  /** An APDU of the host as it is, or null where the card has left. */
  transmit(command: Uint8Array): Uint8Array | null;
  /** A logical channel with this application selected. */
  openChannel(aid: Uint8Array): number | 'absent' | 'noChannel' | 'notFound';
  /** An APDU of the host on this channel; its own channel bits are overwritten. */
  transmitOn(channel: number, command: Uint8Array): Uint8Array | null;
  closeChannel(channel: number): boolean;
  /** SELECT and one command on a file (3GPP TS 27.007 §8.18); null where the card has left. */
  accessFile(id: number, command: Uint8Array | 'parameters'): Uint8Array | null;
};

/** @param onRefresh the card has a proactive command of this length, which can only be a REFRESH */
export function makeSimDriver(slot: CardSlot, onRefresh: (length: number) => void): SimDriver {
  const openChannels = new Set<number>();

  function exchange(command: Uint8Array): Uint8Array | null {
    const answer = slot.transmit(command);
    if (answer !== null && answer.at(-2) === 0x91) onRefresh(answer.at(-1) ?? 0);
    return answer;
  }

  function exchangeHex(hex: string): string {
    const answer = slot.transmit(hexToBytes(hex));
    return answer === null ? '' : bytesToHex(answer);
  }

  /** Follows 61xx, which the modem does for itself but leaves to the host for the host's own commands. */
  function gather(command: Uint8Array): Uint8Array | null {
    const answer = slot.transmit(command);
    if (answer?.at(-2) !== 0x61) return answer;
    return slot.transmit(Uint8Array.of((command[0] ?? 0) & 0x7f, 0xc0, 0, 0, answer.at(-1) ?? 0));
  }

  function readFile(path: string, length: number): Uint8Array | null {
    if (!exchangeHex(`00A4080C${(path.length / 2).toString(16).padStart(2, '0')}${path}`).endsWith('9000')) return null;
    const answer = slot.transmit(Uint8Array.of(0, 0xb0, 0, 0, length));
    return answer === null || answer.length !== length + 2 ? null : answer.subarray(0, length);
  }

  return {
    start() {
      openChannels.clear();
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
    transmit: exchange,
    openChannel(aid) {
      const opened = slot.transmit(hexToBytes('0070000001'));
      if (opened === null) return 'absent';
      const channel = opened[0];
      if (channel === undefined || opened.length !== 3) return 'noChannel';
      const select = concatBytes(Uint8Array.of(classForChannel(0, channel), 0xa4, 0x04, 0x00, aid.length), aid);
      const selected = slot.transmit(select);
      if (selected === null) return 'absent';
      if (selected.at(-2) === 0x61 || selected.at(-2) === 0x90) {
        openChannels.add(channel);
        return channel;
      }
      slot.transmit(Uint8Array.of(0, 0x70, 0x80, channel, 0));
      return 'notFound';
    },
    transmitOn(channel, command) {
      if (!openChannels.has(channel)) return Uint8Array.of(0x68, 0x81);
      const patched = command.slice();
      patched[0] = classForChannel(command[0] ?? 0, channel);
      return exchange(patched);
    },
    closeChannel(channel) {
      if (!openChannels.delete(channel)) return false;
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

/** The one command that a terminal of the bench knows: fetched, done, answered (ETSI TS 102 223 §6.4.7, §6.8). */
export function answerRefresh(slot: CardSlot, length: number): void {
  const fetched = slot.transmit(Uint8Array.of(0x80, 0x12, 0, 0, length));
  const qualifier = fetched?.[6] ?? 0;
  slot.transmit(hexToBytes(`801400000C81030101${qualifier.toString(16).padStart(2, '0')}82028281830100`));
}
