import type { CardSlot } from '../euicc/card-slot.ts';
import { makeCommandRunner } from './command-runner.ts';
import { makeModemClock } from './modem-clock.ts';
import { makeModemMessaging, type ModemMessaging } from './modem-messaging.ts';
import { makeModemOutput } from './modem-output.ts';
import { parseModemKind, type ModemKind } from './modem-kind.ts';
import { makeModemMemory } from './modem-memory.ts';
import type { ModemContext } from './modem-state.ts';
import { makeModemState } from './modem-state.ts';
import { makeRadioWorld, numberOf, type RadioControls } from './radio-world.ts';
import { makeRegistration } from './registration.ts';
import { makeSimLife } from './sim-life.ts';
import type { TextFromOutside } from './sms-centre.ts';

export type VirtualModemOptions = {
  readonly slot: CardSlot;
  readonly imei: string;
  /** 1 is real time: 0.3 s for the SIM, 0.7 s for the network. */
  readonly timeScale: number;
  /** Left out: an ordinary one of the first vendor. */
  readonly kind?: ModemKind;
  /** The folder in which it keeps its settings, messages and PINs; left out or null: they are forgotten at the end. */
  readonly stateDir?: string | null;
};

/** A modem without a port: bytes in, bytes out, and a power switch. */
export type VirtualModem = {
  readonly imei: string;
  readonly kind: ModemKind;
  /** Boots, with what a modem says then. */
  powerOn(): void;
  /** Everything stops at once; settings and sessions are forgotten. */
  powerOff(): void;
  /** What the host writes. */
  receive(bytes: Uint8Array): void;
  /** What the modem writes. One listener. */
  onOutput(listener: (bytes: Uint8Array) => void): void;
  /** The modem wants to leave its bus and come back (`AT+CFUN=1,1`). One listener. */
  onReboot(listener: () => void): void;
  /** What happens on the air around it. */
  readonly air: RadioControls & ModemMessaging['controls'];
  /** The subscriber with this number is on a network. */
  isReachable(number: string): boolean;
  /** Somebody sends a text; it arrives when the subscriber is on a network and there is room for it. */
  receiveText(text: TextFromOutside): void;
};

const delays = { boot: 100, reboot: 200 } as const; // milliseconds

export function makeVirtualModem({
  slot,
  imei,
  timeScale,
  kind = parseModemKind('quectel'),
  stateDir = null,
}: VirtualModemOptions): VirtualModem {
  const clock = makeModemClock(timeScale);
  const state = makeModemState(kind);
  const output = makeModemOutput(kind, clock);
  const say = (line: string): void => output.say(line);
  let isOn = false;
  let askForReboot: (() => void) | null = null;

  const subscriber = (): { readonly msisdn: string } | null => {
    const msisdn = state.sim.state === 'ready' && state.network !== null ? numberOf(state.sim.identity.imsi) : null;
    return msisdn === null ? null : { msisdn };
  };
  const memory = makeModemMemory(kind.vendor, stateDir);
  const { radio } = memory;
  const messaging = makeModemMessaging({
    clock,
    memory,
    say,
    subscriber,
    sim: () => (state.sim.state === 'ready' ? state.sim.identity : null),
  });
  const world = makeRadioWorld();
  const registration = makeRegistration({ clock, state, world, radio, say, onRegistered: () => messaging.collect() });
  const sim = makeSimLife({ kind, slot, clock, memory, state, registration, say, hasPower: () => isOn });
  const context: ModemContext = {
    kind,
    state,
    imei,
    slot,
    world,
    radio,
    sim: sim.driver,
    messaging,
    contexts: memory.contexts,
    settings: memory.settings,
    pinOf: (identity) => sim.pinOf(identity),
    unlockSim: () => sim.unlock(),
    blockSim: () => sim.block(),
    startSim: () => sim.start(),
    search: () => registration.search(),
    radioChanged: () => registration.reconsider(),
    leaveNetwork: () => registration.leave(),
    reboot: () => clock.after(delays.reboot, () => askForReboot?.()),
  };
  world.onChange(() => {
    if (isOn) registration.reconsider();
  });
  const runner = makeCommandRunner({ clock, output, context, onLineEnd: () => memory.save() });

  function setPower(on: boolean): void {
    isOn = on;
    output.setPower(on);
  }

  return {
    imei,
    kind,
    powerOn() {
      Object.assign(state, makeModemState(kind));
      messaging.reset();
      setPower(true);
      clock.after(delays.boot, () => {
        kind.vendor.boot.forEach(say);
        sim.start();
      });
    },
    powerOff() {
      setPower(false);
      runner.stop();
      sim.stop();
      registration.giveUp();
      clock.stop();
    },
    receive(bytes) {
      if (isOn) runner.receive(bytes);
    },
    air: { ...world.controls, ...messaging.controls },
    isReachable: (number) => isOn && subscriber()?.msisdn === number,
    receiveText: (text) => messaging.receive(text),
    onOutput: (listener) => output.onBytes(listener),
    onReboot(listener) {
      askForReboot = listener;
    },
  };
}
