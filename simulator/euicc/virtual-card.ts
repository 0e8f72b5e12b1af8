import { bytesToHex, concatBytes } from '#native/euicc/tlv/hex.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { isDeviceError } from '#native/errors.ts';
import { makeAtr } from './answer-to-reset.ts';
import { parseChipKind } from './chip-kind.ts';
import type { ChipProfile, ChipState } from './chip-state.ts';
import type { ChipStore } from './chip-store.ts';
import type { Command } from './command.ts';
import { parseCommand } from './command.ts';
import type { Pki } from '../pki/load-pki.ts';
import { loadPki } from '../pki/load-pki.ts';
import { svn } from './es10/info.ts';
import { hasIsdr, highestPort, profileOnPort } from './esim-ports.ts';
import { readBinary, readRecord, selectFile, selectUsim } from './file-commands.ts';
import type { LogicalChannel, LogicalChannels } from './logical-channels.ts';
import { makeLogicalChannels } from './logical-channels.ts';
import { readManageLsi } from './manage-lsi.ts';
import { isProductApplet, readProduct } from './product-applet.ts';
import type { Proactive } from './proactive.ts';
import { makeProactive } from './proactive.ts';
import type { SecureElement } from './secure-element.ts';
import { makeSecureElement } from './secure-element.ts';
import { StatusWordError, statusWords } from './status-word.ts';

export type VirtualCardOptions = {
  readonly store: ChipStore;
  /** Of the second secure element, on a card that has two. */
  readonly secondStore?: ChipStore;
  /** Instead of the one of its kind. T=0 answers a command that has data with 61xx; T=1 gives the data at once where the command has an Le. */
  readonly protocol?: 'T=0' | 'T=1';
  /** Asked at the first download; without it, the certificates that this process makes for all its parts. */
  readonly pki?: () => Pki;
};

/** An eUICC without a place: contacts and APDUs, nothing of readers and modems. */
export type VirtualCard = {
  readonly protocol: 'T=0' | 'T=1';
  readonly atr: Uint8Array;
  /** Cold or warm reset: channels and sessions are gone, a switch that waited is done. @throws Error where the chip cannot be read */
  reset(): void;
  /** One command and its answer with the status word. Never throws: what the card cannot do is a status word. */
  transmit(command: Uint8Array): Uint8Array;
  /** The chip's memory as last written; of the first secure element, which the files of the card belong to. */
  state(): ChipState;
  /** The same of each secure element. */
  states(): readonly ChipState[];
  /** As if a proactive session went on for ever: every switch is answered catBusy. */
  setCatBusy(busy: boolean): void;
};

/** What a reset clears. */
type Volatile = {
  /** For each eSIM port its own. */
  readonly channels: readonly LogicalChannels[];
  /** The port that commands go to. */
  port: number;
  readonly proactive: Proactive;
  /** The channel that the ISD-R cannot be selected on. */
  poisoned: number | null;
};

export function makeVirtualCard({ store, secondStore, pki = () => loadPki(null), ...options }: VirtualCardOptions): VirtualCard {
  let catBusy = false;
  const kind = parseChipKind(store.load().kind);
  const protocol = options.protocol ?? kind.protocol;
  const stores = secondStore === undefined ? [store] : [store, secondStore];
  let volatile = powerUp();
  const elements: readonly SecureElement[] = stores.map((one) =>
    makeSecureElement(one, {
      kind,
      pki,
      proactiveSession: () => catBusy || volatile.proactive.active(),
      requestRefresh: () => volatile.proactive.requestRefresh(),
    }),
  );

  function powerUp(): Volatile {
    const channels = Array.from({ length: highestPort(kind.mep) + 1 }, () => makeLogicalChannels(kind.firstChannel));
    if (kind.staleChannel === 'elsewhere') {
      const [first] = channels;
      const left = first?.get(first.open());
      if (left !== undefined) left.application = { isdr: 0 };
    }
    return { channels, port: 0, proactive: makeProactive(() => elements.forEach((element) => element.finishSwitch())), poisoned: null };
  }

  function openChannels(): LogicalChannels {
    const channels = volatile.channels[volatile.port];
    if (channels === undefined) throw new StatusWordError(statusWords.channelNotSupported);
    return channels;
  }

  function currentProfile(): ChipProfile | null {
    const [first] = elements;
    return first === undefined ? null : profileOnPort(first.state(), kind.mep, volatile.port);
  }

  function execute(bytes: Uint8Array): Uint8Array {
    const command = parseCommand(bytes);
    const channel = openChannels().get(command.channel);
    if (command.ins === 0xc0) return getResponse(command, channel);
    channel.response = null;
    const data = run(command, channel);
    return answer(command, channel, data);
  }

  function run(command: Command, channel: LogicalChannel): Uint8Array {
    const nothing = new Uint8Array();
    if (channel.application === 'product' && !command.proprietary && command.ins === 0x00) return readProduct(command);
    const profile = currentProfile();
    switch (command.proprietary ? 0x8000 | command.ins : command.ins) {
      case 0x0070:
        return manageChannel(command);
      case 0x00a4: {
        const control = select(command, channel, profile);
        // P2 0C: the terminal wants no answer (ETSI TS 102 221 §11.1.1.2).
        return (command.p2 & 0x0c) === 0x0c ? nothing : control;
      }
      case 0x00b0:
        return readBinary(command, profile, channel);
      case 0x00b2:
        return readRecord(command, profile, channel);
      case 0x80e2:
        return storeData(command, channel);
      case 0x80aa: // TERMINAL CAPABILITY: the card has no LPA of its own, so that nothing depends on it.
        return nothing;
      case 0x8010:
        volatile.proactive.terminalProfile(command);
        return nothing;
      case 0x8012:
        return volatile.proactive.fetch(command);
      case 0x8014:
        if (!elements.some((element) => element.endProactiveSession())) volatile.proactive.terminalResponse(command);
        return nothing;
      case 0x807c:
        return manageLsi(command);
      default:
        throw new StatusWordError(statusWords.wrongInstruction);
    }
  }

  function manageChannel({ p1, p2, le }: Command): Uint8Array {
    if (p1 === 0x80) {
      openChannels().close(p2);
      return new Uint8Array();
    }
    if (p1 !== 0) throw new StatusWordError(statusWords.wrongParameters);
    if (p2 !== 0) {
      openChannels().openNumbered(p2);
      return new Uint8Array();
    }
    if (le !== 1 && protocol === 'T=0') throw new StatusWordError(0x6c01);
    const opened = openChannels().open();
    if (kind.staleChannel === 'itself') volatile.poisoned ??= opened;
    return Uint8Array.of(opened);
  }

  function manageLsi(command: Command): Uint8Array {
    const order = readManageLsi(command, kind.mep);
    if (order.kind === 'configure') return order.answer;
    volatile.port = order.port;
    return new Uint8Array();
  }

  function select(command: Command, channel: LogicalChannel, profile: ChipProfile | null): Uint8Array {
    if (command.p1 !== 0x04) return selectFile(command, profile, channel);
    channel.script = [];
    const isdr = kind.isdrAids.indexOf(bytesToHex(command.data));
    if (isdr >= 0 && isdr < elements.length && hasIsdr(kind.mep, volatile.port)) {
      assertNotHeld(command.channel);
      channel.application = { isdr };
      channel.file = null;
      return isdrControlInformation(command.data);
    }
    if (kind.productApplet && isProductApplet(command.data)) {
      channel.application = 'product';
      channel.file = null;
      return new Uint8Array();
    }
    return selectUsim(command.data, profile, channel);
  }

  /** @throws StatusWordError 6999 on a card that lets nobody have what another channel has, or once had */
  function assertNotHeld(number: number): void {
    const channels = openChannels();
    const isElsewhere =
      kind.staleChannel === 'elsewhere' &&
      channels.numbers().some((other) => other !== number && typeof channels.get(other).application === 'object');
    if (isElsewhere || number === volatile.poisoned) throw new StatusWordError(statusWords.applicationHeld);
  }

  /** Blocks of one script come in order from 00; the last one runs it (SGP.22 v2.5 §5.7.2). */
  function storeData(command: Command, channel: LogicalChannel): Uint8Array {
    const element = typeof channel.application === 'object' ? elements[channel.application.isdr] : undefined;
    if (element === undefined) throw new StatusWordError(statusWords.wrongInstruction);
    if (command.p1 !== 0x11 && command.p1 !== 0x91) throw new StatusWordError(statusWords.wrongParameters);
    if (command.data.length === 0 || command.data.length > kind.longestBlock) throw new StatusWordError(statusWords.wrongLength);
    if (command.p2 === 0) channel.script = [];
    if (command.p2 !== channel.script.length) {
      channel.script = [];
      throw new StatusWordError(statusWords.wrongParameters);
    }
    channel.script.push(command.data);
    if (command.p1 === 0x11) return new Uint8Array();
    const script = concatBytes(...channel.script);
    channel.script = [];
    return element.run(script, volatile.port);
  }

  function getResponse({ p1, p2, le, data }: Command, channel: LogicalChannel): Uint8Array {
    const rest = channel.response;
    if (p1 !== 0 || p2 !== 0) throw new StatusWordError(statusWords.wrongParameters);
    if (le === null || data.length > 0) throw new StatusWordError(statusWords.wrongLength);
    if (rest === null) throw new StatusWordError(statusWords.conditionsNotSatisfied);
    if (le > rest.length) throw new StatusWordError(0x6c00 | rest.length);
    return take(rest, le, channel);
  }

  function answer(command: Command, channel: LogicalChannel, data: Uint8Array): Uint8Array {
    if (data.length === 0) return concatBytes(encodeStatusWord(finalStatusWord()));
    // A command with data in both directions, or a T=1 command without Le: the terminal fetches the answer.
    const mustFetch = command.le === null || (protocol === 'T=0' && command.data.length > 0);
    if (!mustFetch) return take(data, Math.min(command.le, data.length), channel);
    channel.response = data;
    return encodeStatusWord(moreData(data.length));
  }

  function take(bytes: Uint8Array, length: number, channel: LogicalChannel): Uint8Array {
    const rest = bytes.slice(length);
    channel.response = rest.length === 0 ? null : rest;
    return concatBytes(bytes.slice(0, length), encodeStatusWord(rest.length === 0 ? finalStatusWord() : moreData(rest.length)));
  }

  function finalStatusWord(): number {
    const waiting = volatile.proactive.waiting();
    return waiting === null ? statusWords.ok : 0x9100 | waiting;
  }

  function firstState(): ChipState {
    const [first] = elements;
    if (first === undefined) throw new RangeError('a card without a secure element');
    return first.state();
  }

  return {
    protocol,
    atr: makeAtr(protocol, kind),
    reset() {
      volatile = powerUp();
      for (const element of elements) element.reset();
    },
    transmit(command) {
      try {
        return execute(command);
      } catch (error) {
        if (error instanceof StatusWordError) return encodeStatusWord(error.statusWord);
        // The TLV codec reports what it cannot read in this one way.
        if (isDeviceError(error) && error.code === 'CARD_ANSWER') return encodeStatusWord(statusWords.wrongData);
        throw error;
      }
    },
    state: firstState,
    states: () => elements.map((element) => element.state()),
    setCatBusy(busy) {
      catBusy = busy;
    },
  };
}

/** FCI of the ISD-R with the version of SGP.22 in E0 82 (SGP.22 v2.5 §5.7.1). */
function isdrControlInformation(aid: Uint8Array): Uint8Array {
  const longestData = encodeTlv(0x9f65, Uint8Array.of(0xff));
  return encodeTlv(0x6f, encodeTlv(0x84, aid), encodeTlv(0xa5, longestData), encodeTlv(0xe0, encodeTlv(0x82, svn)));
}

function moreData(length: number): number {
  return 0x6100 | (length > 255 ? 0 : length);
}

function encodeStatusWord(statusWord: number): Uint8Array {
  return Uint8Array.of(statusWord >> 8, statusWord & 0xff);
}
