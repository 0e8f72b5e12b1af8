import type { AtChannel } from '../../at/channel-types.ts';
import type { AtPriority } from '../../at/request-queue.ts';
import { createCombinedReader } from '../combined-read.ts';
import type { EventStream } from '../event-stream.ts';
import type { ModemEvent } from '../modem.ts';
import type { SimWatch } from '../sim-watch.ts';
import type { StatusReader } from '../status-reader.ts';
import type { ModemTimings } from '../timings.ts';
import type { ModemVendor } from '../vendors/vendor.ts';
import { createDetailsReader, type DetailsReader } from './details.ts';
import { createNetworkControl, type NetworkControl } from './networks.ts';
import { createPacketDataControl, type PacketDataControl } from './packet-data.ts';
import { readRadio, type RadioReport } from './radio.ts';
import { createRadioControl, type RadioControl } from './radio-settings.ts';
import { factoryResetModem, restartModem } from './restart.ts';
import { createSimLockControl, type SimLockControl } from './sim-lock.ts';

/** What a person can have a modem do besides looking at it. */
export type ModemServices = {
  readonly simLock: SimLockControl;
  readonly networks: NetworkControl;
  readonly packetData: PacketDataControl;
  readonly details: DetailsReader;
  readonly radioControl: RadioControl;
  radio(priority?: AtPriority): Promise<RadioReport>;
  restart(): Promise<void>;
  /** Every setting back to what the maker shipped, and a new start. @throws DeviceError what the modem refuses */
  factoryReset(): Promise<void>;
};

export type ServiceParts = {
  readonly channel: AtChannel;
  readonly reader: StatusReader;
  readonly watch: SimWatch;
  readonly news: EventStream<ModemEvent>;
  readonly vendor: ModemVendor;
  readonly timings: ModemTimings;
  readonly imei: string | null;
  /** Whether the modem reports its registration in a 5G core. */
  readonly fiveG: boolean;
};

export function createModemServices(parts: ServiceParts): ModemServices {
  const combined = createCombinedReader(parts.channel);
  const cellsPart = {
    variants: parts.vendor.cells,
    optional: false,
  };
  return {
    simLock: createSimLockControl(parts, combined),
    networks: createNetworkControl(parts, combined),
    packetData: createPacketDataControl(parts),
    details: createDetailsReader(parts),
    radioControl: createRadioControl(parts),
    radio: (priority = 'user') => readRadio(parts, combined, cellsPart, priority),
    restart: () => restartModem(parts.channel, parts.vendor),
    factoryReset: () => factoryResetModem(parts.channel, parts.vendor),
  };
}
