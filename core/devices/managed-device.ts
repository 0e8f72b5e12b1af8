import type { Device, EuiccOverview } from '#contract/desk/devices.ts';
import type { CardAccess } from '#native/apdu/card-access.ts';
import type { OpenSecureElements, RspEuicc } from '#native/euicc/euicc.ts';
import type { Modem, OpenModem } from '#native/modem/modem.ts';
import type { CardConnection } from '#native/transport/card-transport.ts';
import type { Log } from '../log.ts';

/** What the device layer gives: by parameter, so that a scripted card can stand in its place. */
export type DeviceLayer = {
  readonly createReaderAccess: (connection: CardConnection) => CardAccess;
  readonly openSecureElements: OpenSecureElements;
  /** Takes off a card what its servers have heard while it was away. Never throws. */
  readonly sweepNotifications: SweepNotifications;
  readonly openModem: OpenModem;
};

export type SweepNotifications = (euicc: RspEuicc, eid: string) => Promise<void>;

export type DeviceSurroundings = {
  readonly layer: DeviceLayer;
  readonly log: Log;
  /** Something of the view has changed. */
  readonly changed: () => void;
};

/** A device as the rest of the application uses it, whether a reader or a modem. */
export type ManagedDevice = {
  /** Fixed once the device has answered. */
  readonly deviceId: string;
  readonly kind: 'reader' | 'modem';
  view(): Device;
  /** Reads the device again, before any polling. Its failure shows in the view, not as a rejection. */
  refresh(): Promise<void>;
  /**
   * Reserves the device for one task; everything else that the person asks is refused until `release`.
   * @throws LebError DEVICE_BUSY with details.taskId
   */
  reserve(taskId: string): () => void;
  /**
   * Opens the way to the card and holds it while `work` runs. `signal` cancels only the waiting before.
   * @throws the codes of the transport, CANCELLED
   */
  useCard<Result>(work: (access: CardAccess) => Promise<Result>, signal: AbortSignal): Promise<Result>;
  /** The last reading of the eUICC; of the first one where the card has several secure elements. */
  readonly euicc: EuiccOverview | null;
  /** The last reading of one of the card's secure elements; null: the first. */
  euiccOf(isdrAid: string | null): EuiccOverview | null;
  /** A newer reading, from a task that has just made it. */
  keepReading(overview: EuiccOverview): void;
  /** The open modem; null for a reader. @throws DeviceError why it cannot be used now */
  modem(): Modem | null;
  /** True while it is only remembered. */
  readonly ghost: boolean;
  close(): Promise<void>;
};
