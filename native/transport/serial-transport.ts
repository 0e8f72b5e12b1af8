/** The second small interface: places where a modem's AT port can be. `serialport` implements it, and so does the virtual bench. */
export type SerialPortInfo = {
  /** What `open` takes: /dev/ttyUSB2, COM7, /dev/cu.usbmodem1, or the bench's own name. Unique within the transport. */
  readonly path: string;
  readonly usbVendorId: string | null; // four hex digits, lower case
  readonly usbProductId: string | null;
  readonly serialNumber: string | null;
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly driver: string | null;
  /** Number of the USB interface; Windows calls it MI. */
  readonly usbInterface: number | null;
  /** Where the device is plugged in, in the system's own form; the same for all its ports, and again when it comes back from a restart. */
  readonly location: string | null;
  /** What the port speaks, where that is known. */
  readonly role: PortRole | null;
  /** May be probed without asking the person: a known modem, a port that the person named, a virtual one. */
  readonly probe: boolean;
};

/** `at` is the port to prefer; `ppp` takes AT until a data call begins on it. */
export type PortRole = 'at' | 'atSecondary' | 'ppp' | 'diag' | 'nmea' | 'audio' | 'ignore';

export type SerialTransportState =
  | { readonly available: true; readonly ports: readonly SerialPortInfo[] }
  | { readonly available: false; readonly reason: 'SERIAL_MISSING' };

export type SerialTransport = {
  readonly id: string;
  readonly virtual: boolean;
  /** The state now and then after every change, until `signal` aborts. */
  watch(signal: AbortSignal): AsyncIterable<SerialTransportState>;
  /**
   * Opens a port exclusively at 115200 8N1.
   * @throws DeviceError SERIAL_MISSING, PORT_NOT_FOUND, PORT_PERMISSION, PORT_BUSY
   */
  open(path: string): Promise<SerialConnection>;
};

export type SerialConnection = {
  readonly path: string;
  /** Resolves when the bytes are with the system. @throws DeviceError PORT_CLOSED */
  write(bytes: Uint8Array): Promise<void>;
  /** One listener each. `onClose` is called once: `unplugged` when the device vanished, else after `close()`. */
  listen(listener: { onData(bytes: Uint8Array): void; onClose(unplugged: boolean): void }): void;
  /** Never throws, may be called twice. */
  close(): Promise<void>;
};
