import type { CardAccess } from '../apdu/card-access.ts';
import type { SerialConnection } from '../transport/serial-transport.ts';
import type { ModemMessages } from './messages/modem-messages.ts';
import type { ModemUssd } from './messages/modem-ussd.ts';
import type { ModemServices } from './services/modem-services.ts';

/** One modem on one AT port. Every call queues behind what the person asked before; polling waits for both. */
export type ModemIdentity = {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly revision: string | null;
  readonly imei: string | null; // 15 digits
};

export type SimState = 'ready' | 'pinRequired' | 'pukRequired' | 'absent' | 'busy' | 'failed' | 'unknown';

/** 3GPP TS 27.007 §7.2, §10.1.22: the `<stat>` of +CREG/+CEREG/+C5GREG. */
export type RegistrationState = 'notRegistered' | 'home' | 'searching' | 'denied' | 'unknown' | 'roaming' | 'emergencyOnly';
export type AccessTechnology = 'gsm' | 'utran' | 'eutran' | 'nr' | 'nbIot' | 'ltem' | 'unknown';

export type Registration = {
  readonly state: RegistrationState;
  readonly technology: AccessTechnology | null;
  readonly areaCode: string | null; // LAC/TAC, upper-case hex
  readonly cellId: string | null; // upper-case hex
};

export type Signal = {
  readonly rssi: number | null; // dBm
  readonly rsrp: number | null; // dBm
  readonly rsrq: number | null; // dB
  readonly bars: 0 | 1 | 2 | 3 | 4;
};

export type Operator = { readonly name: string | null; readonly mccMnc: string | null };

export type ModemStatus = {
  readonly sim: SimState;
  readonly iccid: string | null;
  readonly imsi: string | null;
  readonly registration: Registration;
  readonly operator: Operator | null;
  readonly signal: Signal | null;
};

export type AtAnswer = { readonly lines: readonly string[]; readonly final: string };

/** What a modem says by itself: registration, SIM and operator changes, and any line that we do not know. */
export type ModemEvent =
  | { readonly kind: 'registration'; readonly registration: Registration }
  | { readonly kind: 'sim'; readonly state: SimState }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'closed'; readonly unplugged: boolean };

export type Modem = {
  readonly identity: ModemIdentity;
  readonly messages: ModemMessages;
  readonly ussd: ModemUssd;
  /** The whole status in as few commands as it takes. `priority` user goes before poll. */
  status(priority?: 'user' | 'poll'): Promise<ModemStatus>;
  sim(): Promise<{ readonly state: SimState; readonly iccid: string | null; readonly imsi: string | null }>;
  readonly services: ModemServices;
  registration(): Promise<Registration>;
  operator(): Promise<Operator | null>;
  signal(priority?: 'user' | 'poll'): Promise<Signal>;
  /** One raw line, without its line end. @throws DeviceError AT_ERROR, CME_ERROR, CMS_ERROR, AT_TIMEOUT, PORT_CLOSED */
  send(command: string, options?: { readonly timeoutMs?: number }): Promise<AtAnswer>;
  /** Events until the port closes. */
  events(signal: AbortSignal): AsyncIterable<ModemEvent>;
  /** The way to the eUICC in the modem; polling stops until it is closed. @throws DeviceError MODEM_NO_EUICC_ACCESS */
  cardAccess(): Promise<CardAccess>;
  /** Waits until the SIM shows `iccid` and a network has accepted it. @throws DeviceError NOT_REGISTERED, SIM_ABSENT, PORT_CLOSED */
  waitForProfile(iccid: string, options: { readonly timeoutMs: number; readonly signal?: AbortSignal }): Promise<ModemStatus>;
  /** Number of AT commands sent so far (for the benches). */
  readonly commandCount: number;
  close(): Promise<void>;
};

/** Opens the AT dialogue: echo on (it anchors each answer to its command), extended errors, registration URCs, identity. @throws DeviceError MODEM_SILENT, PORT_CLOSED */
export type OpenModem = (connection: SerialConnection) => Promise<Modem>;
