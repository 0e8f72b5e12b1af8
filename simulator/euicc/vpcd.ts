import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { concatBytes } from '#native/euicc/tlv/hex.ts';
import type { CardSlot } from './card-slot.ts';

/**
 * The plug behind a real pcscd: the virtual reader driver of vsmartcard waits for its card on a TCP port. A connection is a card in the
 * reader, its end the card's removal. Each message is a length in two octets and a body: one octet is a control, anything else an APDU.
 */
export type VpcdPlug = {
  /** Resolves when the reader has taken the card, which may be long after: pcscd need not run yet. */
  readonly inserted: Promise<void>;
  close(): void;
};

const controls = { powerOff: 0x00, powerOn: 0x01, reset: 0x02, atr: 0x04 } as const;
const retryAfter = 250; // milliseconds

export function plugIntoVpcd(slot: CardSlot, address: { readonly host: string; readonly port: number }): VpcdPlug {
  let socket: Socket | null = null;
  let isOpen = true;
  let retry: NodeJS.Timeout | null = null;
  const { promise: inserted, resolve: announce } = Promise.withResolvers<void>();

  const stopListening = slot.onChange(() => {
    if (slot.present()) attach();
    else detach();
  });
  attach();

  function attach(): void {
    if (!isOpen || socket !== null || !slot.present()) return;
    if (retry !== null) clearTimeout(retry);
    retry = null;
    const mine = connect({ ...address, noDelay: true });
    socket = mine;
    const split = makeMessageSplitter((message) => {
      const answer = handle(message);
      if (answer !== null && socket === mine) mine.write(frame(answer));
    });
    mine.on('data', split);
    mine.on('connect', announce);
    // A refused connection and a pcscd that ended look alike: the card waits for the next one.
    mine.on('error', () => mine.destroy());
    mine.on('close', () => {
      if (socket !== mine) return;
      socket = null;
      if (isOpen && slot.present()) retry = setTimeout(attach, retryAfter);
    });
  }

  function detach(): void {
    if (retry !== null) clearTimeout(retry);
    retry = null;
    const old = socket;
    socket = null;
    old?.destroy();
  }

  /** Only the question for the ATR and APDUs are answered. */
  function handle(message: Uint8Array): Uint8Array | null {
    if (message.length !== 1) return slot.transmit(message);
    switch (message[0]) {
      case controls.powerOn:
      case controls.reset:
        slot.reset();
        return null;
      case controls.atr:
        return slot.atr;
      default:
        return null;
    }
  }

  return {
    inserted,
    close() {
      isOpen = false;
      stopListening();
      detach();
    },
  };
}

function frame(body: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(body.length >> 8, body.length & 0xff), body);
}

/** Messages out of a stream whose pieces end anywhere. */
export function makeMessageSplitter(onMessage: (message: Uint8Array) => void): (bytes: Uint8Array) => void {
  let pending: Uint8Array = new Uint8Array();
  return (bytes) => {
    pending = concatBytes(pending, bytes);
    for (;;) {
      const [high, low] = pending;
      if (high === undefined || low === undefined) return;
      const end = 2 + high * 256 + low;
      if (pending.length < end) return;
      const message = pending.slice(2, end);
      pending = pending.slice(end);
      if (message.length > 0) onMessage(message);
    }
  };
}
