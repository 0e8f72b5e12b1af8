import { basename, join } from 'node:path';
import type { CardTransport } from '#native/transport/card-transport.ts';
import type { SerialTransport } from '#native/transport/serial-transport.ts';
import { listenOnAir } from './air.ts';
import { makeBenchCardTransport } from './euicc/bench-card-transport.ts';
import type { CardControls, CardSlot } from './euicc/card-slot.ts';
import { parseChipKind } from './euicc/chip-kind.ts';
import { makeChipSlot } from './euicc/make-chip-slot.ts';
import { makeBenchSerialTransport, portOf, type PluggedModem } from './modem/bench-serial-transport.ts';
import { makeImei } from './modem/imei.ts';
import { parseModemKind } from './modem/modem-kind.ts';
import type { ModemControls } from './modem/modem-plug.ts';
import { makeModemPlug } from './modem/modem-plug.ts';
import { readRecording } from './modem/replay/read-recording.ts';
import { makeReplayedModem } from './modem/replay/replayed-modem.ts';
import type { TextFromOutside } from './modem/sms-centre.ts';
import { makeVirtualModem, type VirtualModem } from './modem/virtual-modem.ts';
import { loadPki } from './pki/load-pki.ts';
import { makeCardProfiles, modemProfiles, readerProfiles } from './sample.ts';

export const virtualReaderName = 'Virtual Reader';
export const virtualModemPath = 'virtual-modem-0';

const recordingMark = 'replay=';

/** A modem of the bench with the chip in it. */
type VirtualPart = PluggedModem & { readonly modem: VirtualModem; readonly slot: CardSlot };

/** Numbers of the bench's two chips; the first digits of their EIDs are the bench's own. */
export const chipSerials = { reader: 1, modem: 2 } as const;

/** Numbers of the further cards: the same kind has the same number at every start, whatever lies beside it. */
function furtherSerial(kind: string): number {
  const hash = Array.from(kind).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 4900, 0);
  return 100 + hash;
}

export type VirtualHardwareOptions = {
  /** Where the two chips keep their state, or null: forgotten at the end. */
  readonly stateDir: string | null;
  /** The bench's certificates, shared with its servers; `pki` in the folder above where it is left out. Null: made for this process. */
  readonly pkiDir?: string | null;
  /**
   * Further cards, each in a reader of its own: kinds as `simulator euicc --kind` takes them, separated by commas; traits of one card
   * are joined by plus signs.
   */
  readonly cards?: string;
  /** What the modem is, as `simulator modem --vendor` takes it. */
  readonly modem?: string;
  /** Further modems, separated by commas, each with a chip of its own; `replay=FILE` is the recording of a session. */
  readonly modems?: string;
  /** Where the carrier of the bench puts texts for the modem's subscriber; left out or null: nobody listens. */
  readonly airDir?: string | null;
  /** 1 (the default) is real time; less makes the modem faster. */
  readonly timeScale?: number;
};

export type VirtualHardware = {
  readonly cardTransport: CardTransport;
  readonly serialTransport: SerialTransport;
  /** What a hand at the bench can do. */
  readonly controls: {
    readonly reader: CardControls;
    readonly modem: ModemControls;
    /** Somebody sends the modem's subscriber a text. */
    readonly sendText: VirtualModem['receiveText'];
    /** What happens on the air around the modem. */
    readonly air: VirtualModem['air'];
    /** The chip in the modem. */
    readonly sim: CardControls;
    /** The further cards by the names of their readers. */
    readonly cards: ReadonlyMap<string, CardControls>;
    /** The further modems by the paths of their ports, with the chips in them. */
    readonly modems: ReadonlyMap<string, { readonly modem: ModemControls; readonly sim: CardControls; readonly air: VirtualModem['air'] }>;
  };
  close(): void;
};

/**
 * The bench that a shell plugs in: one reader with a chip in it, one modem with another, and what other cards are asked for.
 * @throws Error where the state cannot be used; UsageError where a kind of card or modem is not known
 */
export function createVirtualHardware(options: VirtualHardwareOptions): VirtualHardware {
  const { stateDir, pkiDir, cards = '', modem: modemKind = 'quectel', modems = '', airDir = null, timeScale = 1 } = options;
  const folder = (name: string) => (stateDir === null ? null : join(stateDir, name));
  const pki = () => loadPki(pkiDir === undefined ? folder('pki') : pkiDir);
  const readerSlot = makeChipSlot({ stateDir: folder('reader'), profiles: readerProfiles, serial: chipSerials.reader, pki });
  const simSlot = makeChipSlot({ stateDir: folder('modem'), profiles: modemProfiles, serial: chipSerials.modem, pki });
  const further = new Map(listKinds(cards).map((text) => [furtherReaderName(text), makeFurtherSlot(text, furtherSerial(text))]));
  const card = makeBenchCardTransport(new Map([[virtualReaderName, readerSlot], ...further]));
  const main = plugIn(simSlot, chipSerials.modem, modemKind, folder('modem'));
  const [recordings, kinds] = partition(listKinds(modems), (text) => text.startsWith(recordingMark));
  const furtherModems = new Map(kinds.map((text) => [furtherModemPath(text), makeFurtherModem(text)]));
  const virtualModems = [main, ...furtherModems.values()];
  const serial = makeBenchSerialTransport(
    new Map<string, PluggedModem>([
      [virtualModemPath, main],
      ...furtherModems,
      ...recordings.map((text) => [furtherModemPath(basename(text)), plugRecording(text.slice(recordingMark.length))] as const),
    ]),
  );
  const air = airDir === null ? null : listenOnAir(airDir, hear);
  return {
    cardTransport: card.transport,
    serialTransport: serial.transport,
    controls: {
      reader: readerSlot.controls,
      modem: main.plug,
      sendText: (text) => main.modem.receiveText(text),
      air: main.modem.air,
      sim: simSlot.controls,
      cards: new Map([...further].map(([name, slot]) => [name, slot.controls])),
      modems: new Map(
        [...furtherModems].map(([path, { modem, plug, slot }]) => [path, { modem: plug, sim: slot.controls, air: modem.air }]),
      ),
    },
    close() {
      air?.close();
      card.close();
      serial.close();
    },
  };

  function hear(text: TextFromOutside): boolean {
    const reached = virtualModems.find(({ modem }) => modem.isReachable(text.to));
    reached?.modem.receiveText(text);
    return reached !== undefined;
  }

  function plugIn(slot: CardSlot, serial: number, kind: string, modemDir: string | null): VirtualPart {
    const modem = makeVirtualModem({ slot, imei: makeImei(serial), timeScale, kind: parseModemKind(kind), stateDir: modemDir });
    return { modem, plug: makeModemPlug(modem, timeScale), port: portOf(modem), slot };
  }

  function plugRecording(file: string): PluggedModem {
    const modem = makeReplayedModem(readRecording(file), timeScale);
    const port = { usbVendorId: null, usbProductId: null, usbInterface: null, manufacturer: null, serialNumber: null, renames: false };
    return { modem, plug: makeModemPlug(modem, timeScale), port };
  }

  function makeFurtherModem(text: string): VirtualPart {
    const serial = furtherSerial(`modem ${text}`);
    const own = folder(join('modems', folderName(text)));
    const slot = makeChipSlot({ stateDir: own, profiles: makeCardProfiles(serial), serial, pki });
    return plugIn(slot, serial, text, own);
  }

  function makeFurtherSlot(text: string, serial: number): CardSlot {
    // Beside the others a folder of its own for each kind: whoever asks for other cards the next time finds these again.
    return makeChipSlot({
      stateDir: folder(join('cards', folderName(text))),
      profiles: makeCardProfiles(serial),
      serial,
      kind: parseChipKind(text),
      pki,
    });
  }
}

/** The name of the reader in which a further card of this kind lies. */
export function furtherReaderName(kind: string): string {
  return `Virtual reader — ${kind}`;
}

/** The path of the port of a further modem of this kind. */
export function furtherModemPath(kind: string): string {
  return `virtual-modem-${kind}`;
}

function folderName(kind: string): string {
  return kind.replaceAll(/[^\w+.-]/g, '_');
}

function partition(texts: readonly string[], isFirst: (text: string) => boolean): readonly [readonly string[], readonly string[]] {
  return [texts.filter((text) => isFirst(text)), texts.filter((text) => !isFirst(text))];
}

/** Each kind once: two readers cannot have one name, and neither can two ports. */
function listKinds(kinds: string): readonly string[] {
  const texts = kinds.split(',').map((text) => text.trim());
  return [...new Set(texts)].filter((text) => text !== '');
}
