import type { AtChannel } from '../../at/channel-types.ts';
import { createCombinedReader } from '../combined-read.ts';
import type { EventStream } from '../event-stream.ts';
import type { ModemEvent } from '../modem.ts';
import type { SimWatch } from '../sim-watch.ts';
import type { StatusReader } from '../status-reader.ts';
import type { ModemTimings } from '../timings.ts';
import type { ModemVendor } from '../vendors/vendor.ts';
import { createNetworkControl, type NetworkControl } from './networks.ts';
import { createPacketDataControl, type PacketDataControl } from './packet-data.ts';
import { radioCellsCommand } from '../../at/commands/radio-cells.ts';
import { readRadio, type RadioReport } from './radio.ts';
import { restartModem } from './restart.ts';
import { createSimLockControl, type SimLockControl } from './sim-lock.ts';

/** What a person can have a modem do besides looking at it. */
export type ModemServices = {
  readonly simLock: SimLockControl;
  readonly networks: NetworkControl;
  readonly packetData: PacketDataControl;
  radio(): Promise<RadioReport>;
  restart(): Promise<void>;
};

export type ServiceParts = {
  readonly channel: AtChannel;
  readonly reader: StatusReader;
  readonly watch: SimWatch;
  readonly news: EventStream<ModemEvent>;
  readonly vendor: ModemVendor;
  readonly timings: ModemTimings;
  /** Whether the modem reports its registration in a 5G core. */
  readonly fiveG: boolean;
};

export function createModemServices(parts: ServiceParts): ModemServices {
  const combined = createCombinedReader(parts.channel);
  const cellsPart = {
    variants: parts.vendor.cells.map((way) => ({
      line: radioCellsCommand.encode(way),
      decode: (lines: readonly string[]) => radioCellsCommand.decode(lines),
    })),
    optional: false,
  };
  return {
    simLock: createSimLockControl(parts, combined),
    networks: createNetworkControl(parts, combined),
    packetData: createPacketDataControl(parts),
    radio: () => readRadio(parts, combined, cellsPart),
    restart: () => restartModem(parts.channel, parts.vendor),
  };
}
