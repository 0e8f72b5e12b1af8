import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { isDeviceError } from '#native/errors.ts';
import type { ChipProfile, ChipState } from './chip-state.ts';
import { enabledProfile } from './chip-state.ts';
import type { ChipStore } from './chip-store.ts';
import type { Command } from './command.ts';
import { parseCommand } from './command.ts';
import type { EuiccCredential, Pki } from '../pki/load-pki.ts';
import { loadPki } from '../pki/load-pki.ts';
import type { Es10Context } from './es10/es10-context.ts';
import { es10Functions } from './es10/es10-functions.ts';
import { svn } from './es10/info.ts';
import { loadBoundProfile } from './es10/session.ts';
import { completeSwitch } from './es10/switching.ts';
import { readBinary, readRecord, selectFile, selectUsim } from './file-commands.ts';
import type { LogicalChannel, LogicalChannels } from './logical-channels.ts';
import { makeLogicalChannels } from './logical-channels.ts';
import type { Proactive } from './proactive.ts';
import { makeProactive } from './proactive.ts';
import { interruptInstallation } from './rsp/installation-result.ts';
import type { RspSession } from './rsp/rsp-session.ts';
import { StatusWordError, statusWords } from './status-word.ts';

export const gsmaIsdrAid = 'A0000005591010FFFFFFFF8900000100';

/** Historical bytes of a card with logical channels (ISO/IEC 7816-4 §8.1.1). */
const historicalBytes = '8031A073BE21136743200718000001';

export type VirtualCardOptions = {
  readonly store: ChipStore;
  /** T=0 answers a command that has data with 61xx; T=1 gives the data at once where the command has an Le. */
  readonly protocol?: 'T=0' | 'T=1';
  /** Upper-case hex; some makers put the ISD-R under an AID of their own. */
  readonly isdrAid?: string;
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
  /** The chip's memory as last written. */
  state(): ChipState;
  /** As if a proactive session went on for ever: every switch is answered catBusy. */
  setCatBusy(busy: boolean): void;
};

/** What a reset clears. */
type Volatile = { readonly channels: LogicalChannels; readonly session: RspSession; readonly proactive: Proactive };

export function makeVirtualCard({
  store,
  protocol = 'T=0',
  isdrAid = gsmaIsdrAid,
  pki = () => loadPki(null),
}: VirtualCardOptions): VirtualCard {
  let catBusy = false;
  let known: EuiccCredential | null = null;
  let state = store.load();
  let volatile = powerUp();

  function powerUp(): Volatile {
    return { channels: makeLogicalChannels(), session: { stage: { kind: 'idle' } }, proactive: makeProactive(finishSwitch) };
  }

  function save(next: ChipState): void {
    if (next === state) return;
    try {
      store.save(next);
    } catch {
      throw new StatusWordError(statusWords.memoryFailure);
    }
    state = next;
  }

  /** Two programs may have been given the same chip: what the other one wrote since must not be written over. */
  function readMemory(): void {
    try {
      state = store.load();
    } catch {
      throw new StatusWordError(statusWords.memoryFailure);
    }
  }

  function credential(): EuiccCredential {
    return (known ??= pki().euicc(state.eid));
  }

  function finishSwitch(): void {
    save(completeSwitch(state));
  }

  const es10: Es10Context = {
    state: () => state,
    save,
    catBusy: () => catBusy || state.pendingSwitch !== null || volatile.proactive.active(),
    requestRefresh: () => volatile.proactive.requestRefresh(),
    get session() {
      return volatile.session;
    },
    credential() {
      try {
        return credential();
      } catch {
        throw new StatusWordError(statusWords.memoryFailure);
      }
    },
  };

  function execute(bytes: Uint8Array): Uint8Array {
    const command = parseCommand(bytes);
    const channel = volatile.channels.get(command.channel);
    if (command.ins === 0xc0) return getResponse(command, channel);
    channel.response = null;
    const data = run(command, channel);
    return answer(command, channel, data);
  }

  function run(command: Command, channel: LogicalChannel): Uint8Array {
    const nothing = new Uint8Array();
    const profile = enabledProfile(state);
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
        volatile.proactive.terminalResponse(command);
        return nothing;
      default:
        throw new StatusWordError(statusWords.wrongInstruction);
    }
  }

  function manageChannel({ p1, p2, le }: Command): Uint8Array {
    if (p1 === 0x80) {
      volatile.channels.close(p2);
      return new Uint8Array();
    }
    if (p1 !== 0) throw new StatusWordError(statusWords.wrongParameters);
    if (p2 !== 0) {
      volatile.channels.openNumbered(p2);
      return new Uint8Array();
    }
    if (le !== 1 && protocol === 'T=0') throw new StatusWordError(0x6c01);
    return Uint8Array.of(volatile.channels.open());
  }

  function select(command: Command, channel: LogicalChannel, profile: ChipProfile | null): Uint8Array {
    if (command.p1 !== 0x04) return selectFile(command, profile, channel);
    channel.script = [];
    if (bytesToHex(command.data) === isdrAid) {
      channel.application = 'isdr';
      channel.file = null;
      return isdrControlInformation(command.data);
    }
    return selectUsim(command.data, profile, channel);
  }

  /** Blocks of one script come in order from 00; the last one runs it (SGP.22 v2.5 §5.7.2). */
  function storeData(command: Command, channel: LogicalChannel): Uint8Array {
    if (channel.application !== 'isdr') throw new StatusWordError(statusWords.wrongInstruction);
    if (command.p1 !== 0x11 && command.p1 !== 0x91) throw new StatusWordError(statusWords.wrongParameters);
    if (command.data.length === 0) throw new StatusWordError(statusWords.wrongLength);
    if (command.p2 === 0) channel.script = [];
    if (command.p2 !== channel.script.length) {
      channel.script = [];
      throw new StatusWordError(statusWords.wrongParameters);
    }
    channel.script.push(command.data);
    if (command.p1 === 0x11) return new Uint8Array();
    const script = concatBytes(...channel.script);
    channel.script = [];
    return runScript(script);
  }

  function runScript(script: Uint8Array): Uint8Array {
    readMemory();
    // The pieces of a bound profile package are no whole objects.
    if (isBoundProfileSegment(script)) return loadBoundProfile(script, es10);
    const request = readTlv(script);
    const handle = es10Functions.get(request.tag);
    if (handle === undefined) throw new StatusWordError(statusWords.referencedDataNotFound);
    return handle(request, es10);
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

  return {
    protocol,
    atr: makeAtr(protocol),
    reset() {
      state = store.load();
      volatile = powerUp();
      const finished = interruptInstallation(completeSwitch(state), credential);
      if (finished !== state) store.save(finished);
      state = finished;
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
    state: () => state,
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

function isBoundProfileSegment(script: Uint8Array): boolean {
  const [first, second] = script;
  return (first === 0xbf && second === 0x36) || (first !== undefined && [0xa0, 0xa1, 0xa2, 0xa3, 0x86, 0x87, 0x88].includes(first));
}

function moreData(length: number): number {
  return 0x6100 | (length > 255 ? 0 : length);
}

function encodeStatusWord(statusWord: number): Uint8Array {
  return Uint8Array.of(statusWord >> 8, statusWord & 0xff);
}

/** TD1 names the first protocol, TD2 says that global bytes follow; TCK makes the exclusive or of all bytes after TS zero (ISO/IEC 7816-3 §8.2). */
function makeAtr(protocol: 'T=0' | 'T=1'): Uint8Array {
  const body = hexToBytes(`9F96${protocol === 'T=0' ? '80' : '81'}1FC7${historicalBytes}`);
  const check = body.reduce((sum, octet) => sum ^ octet, 0);
  return concatBytes(Uint8Array.of(0x3b), body, Uint8Array.of(check));
}
