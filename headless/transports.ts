/** The ways to hardware that a shell gives to the application: the system's own, and the virtual bench beside them. */
import { join } from 'node:path';
import type { CardTransport } from '#native/transport/card-transport.ts';
import { createModemManager } from '#native/transport/modem-manager/modem-manager.ts';
import { createPcscTransport } from '#native/transport/pcsc/pcsc-transport.ts';
import { readModemPortTable } from '#native/transport/serial/modem-port-table.ts';
import { createSerialTransport } from '#native/transport/serial/serial-transport.ts';
import type { SerialTransport } from '#native/transport/serial-transport.ts';
import modemUsbPorts from '#resources/facts/modem-usb-ports.json' with { type: 'json' };

export type Transports = {
  readonly cardTransports: readonly CardTransport[];
  readonly serialTransports: readonly SerialTransport[];
  close(): Promise<void>;
};

export async function openTransports(options: {
  readonly dataDir: string;
  readonly virtualBench: boolean;
  readonly serialPaths: readonly string[];
  /** The bench's modem takes the carrier's texts. A terminal's modem does not: what it took would end with the command. */
  readonly hearsTexts?: boolean;
}): Promise<Transports> {
  const card = createPcscTransport();
  const serial = createSerialTransport({
    paths: options.serialPaths,
    table: readModemPortTable(modemUsbPorts),
    // Only Linux has such a program between us and the ports.
    modemManager: process.platform === 'linux' ? createModemManager() : undefined,
  });
  if (!options.virtualBench) return { cardTransports: [card], serialTransports: [serial], close: async () => undefined };
  // Loaded only where it is wanted: a technician's terminal without the bench pays nothing for it.
  const { createVirtualHardware } = await import('#simulator/hardware.ts');
  const bench = createVirtualHardware({
    cards: process.env['LEB_BENCH_CARDS'] ?? '',
    modem: process.env['LEB_BENCH_MODEM'] ?? 'quectel',
    modems: process.env['LEB_BENCH_MODEMS'] ?? '',
    stateDir: join(options.dataDir, 'bench', 'hardware'),
    airDir: options.hearsTexts === false ? null : join(options.dataDir, 'bench', 'air'),
    pkiDir: join(options.dataDir, 'bench', 'pki'), // the bench's servers keep theirs there: chips and servers trust one root
  });
  return {
    cardTransports: [card, bench.cardTransport],
    serialTransports: [serial, bench.serialTransport],
    close: async () => bench.close(),
  };
}
