import { join } from 'node:path';
import type { CardTransport } from '#native/transport/card-transport.ts';
import type { SerialTransport } from '#native/transport/serial-transport.ts';
import { makeBenchCardTransport } from './euicc/bench-card-transport.ts';
import type { CardControls } from './euicc/card-slot.ts';
import { makeChipSlot } from './euicc/make-chip-slot.ts';
import { makeBenchSerialTransport } from './modem/bench-serial-transport.ts';
import { makeImei } from './modem/imei.ts';
import type { ModemControls } from './modem/modem-plug.ts';
import { makeModemPlug } from './modem/modem-plug.ts';
import { makeVirtualModem } from './modem/virtual-modem.ts';
import { loadPki } from './pki/load-pki.ts';
import { modemProfiles, readerProfiles } from './sample.ts';

export const virtualReaderName = 'Virtual Reader';
export const virtualModemPath = 'virtual-modem-0';

/** Numbers of the bench's two chips; the first digits of their EIDs are the bench's own. */
export const chipSerials = { reader: 1, modem: 2 } as const;

export type VirtualHardwareOptions = {
  /** Where the two chips keep their state, or null: forgotten at the end. */
  readonly stateDir: string | null;
  /** The bench's certificates, shared with its servers; `pki` in the folder above where it is left out. Null: made for this process. */
  readonly pkiDir?: string | null;
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
    /** The chip in the modem. */
    readonly sim: CardControls;
  };
  close(): void;
};

/** The bench that a shell plugs in: one reader with a chip in it, and one modem with another. @throws Error where the state cannot be used */
export function createVirtualHardware({ stateDir, pkiDir, timeScale = 1 }: VirtualHardwareOptions): VirtualHardware {
  const folder = (name: string) => (stateDir === null ? null : join(stateDir, name));
  const pki = () => loadPki(pkiDir === undefined ? folder('pki') : pkiDir);
  const readerSlot = makeChipSlot({ stateDir: folder('reader'), profiles: readerProfiles, serial: chipSerials.reader, pki });
  const simSlot = makeChipSlot({ stateDir: folder('modem'), profiles: modemProfiles, serial: chipSerials.modem, pki });
  const card = makeBenchCardTransport(virtualReaderName, readerSlot);
  const modem = makeVirtualModem({ slot: simSlot, imei: makeImei(chipSerials.modem), timeScale });
  const plug = makeModemPlug(modem, timeScale);
  const serial = makeBenchSerialTransport(virtualModemPath, modem, plug);
  return {
    cardTransport: card.transport,
    serialTransport: serial.transport,
    controls: { reader: readerSlot.controls, modem: plug, sim: simSlot.controls },
    close() {
      card.close();
      serial.close();
    },
  };
}
