import type { CardSlot } from '../euicc/card-slot.ts';
import type { ModemKind } from './modem-kind.ts';
import type { ModemMessaging } from './modem-messaging.ts';
import type { StoredContexts } from './commands/packet-data.ts';
import type { RadioSettings } from './radio-settings.ts';
import type { Cell, RadioNetwork, RadioWorld } from './radio-world.ts';
import type { SimDriver, SimIdentity } from './sim-driver.ts';
import type { SimPin } from './sim-pins.ts';

/** `<stat>` of +CREG and its kin (3GPP TS 27.007 §7.2). */
export const registrationStats = { notRegistered: 0, home: 1, searching: 2, denied: 3, roaming: 5 } as const;

export type ReportedDomain = '+CREG' | '+CGREG' | '+CEREG' | '+C5GREG';

export type SimPhase =
  | { readonly state: 'absent' | 'failed' | 'off' | 'starting' }
  | { readonly state: 'ready' | 'pinRequired' | 'pukRequired'; readonly identity: SimIdentity };

/** What the modem is in at a moment. The commands read it and change what they are for. */
export type ModemState = {
  echo: boolean;
  cmee: 0 | 1 | 2;
  functionality: 0 | 1 | 4;
  sim: SimPhase;
  stat: (typeof registrationStats)[keyof typeof registrationStats];
  network: RadioNetwork | null;
  /** Where that network is heard; null where it is null. */
  cell: Cell | null;
  /** `AT+COPS=2` took the modem off the network. */
  detached: boolean;
  /** `AT+CGATT=0` ended packet data. */
  dataDetached: boolean;
  /** `AT+COPS=1` chose it; null where the modem chooses. */
  chosenNetwork: string | null;
  /** Why the last network refused (3GPP TS 24.301 §9.9.3.9). */
  rejectCause: number | null;
  operatorFormat: 0 | 1 | 2;
  /** Contexts for data that were set up or ended by hand since the last registration. */
  readonly activations: Map<number, boolean>;
  readonly reports: Record<ReportedDomain, 0 | 1 | 2 | 3>;
};

/** As after power-on, and after `ATZ` and `AT&F` for the first two. */
export function makeModemState({ traits }: ModemKind): ModemState {
  return {
    echo: true,
    cmee: 1,
    functionality: traits.fccLocked ? 4 : 1,
    sim: { state: 'off' },
    stat: registrationStats.notRegistered,
    network: null,
    cell: null,
    detached: false,
    dataDetached: false,
    chosenNetwork: null,
    rejectCause: null,
    operatorFormat: 0,
    activations: new Map(),
    reports: { '+CREG': 0, '+CGREG': 0, '+CEREG': 0, '+C5GREG': 0 },
  };
}

/** What a command may do with the modem around it. */
export type ModemContext = {
  readonly kind: ModemKind;
  readonly state: ModemState;
  readonly imei: string;
  readonly slot: CardSlot;
  readonly world: RadioWorld;
  readonly radio: RadioSettings;
  readonly sim: SimDriver;
  readonly messaging: ModemMessaging;
  readonly contexts: StoredContexts;
  /** What it was told and keeps over a restart, by the name of the setting. */
  readonly settings: Map<string, string>;
  pinOf(identity: SimIdentity): SimPin;
  /** The right code was given. */
  unlockSim(): void;
  /** The PIN was given wrongly too often: off the network, until the PUK is given. */
  blockSim(): void;
  /** Powers the card up and looks for a network. */
  startSim(): void;
  /** Looks for a network with the SIM as it is. */
  search(): void;
  /** What the radio may use was changed. */
  radioChanged(): void;
  /** Off the network, with what has to be told about it. */
  leaveNetwork(): void;
  /** Takes the modem off its bus, and back on a while later. */
  reboot(): void;
};
