import type { CardSlot } from '../euicc/card-slot.ts';
import type { AtRequest } from './at-input.ts';
import { makeLineReader, parseCommandLine } from './at-input.ts';
import type { CmeCode } from './cme-error.ts';
import { CmeError, formatCmeError } from './cme-error.ts';
import { CmsError } from './cms-error.ts';
import type { AtCommand } from './commands/at-command.ts';
import { cardAccessCommands } from './commands/card-access.ts';
import { cellCommands } from './commands/cells.ts';
import { identityCommands, identityLines } from './commands/identity.ts';
import { messageCommands } from './commands/messages.ts';
import { formatRegistration, networkCommands, reportedDomains } from './commands/network.ts';
import { makeStoredContexts, packetDataCommands } from './commands/packet-data.ts';
import { simLockCommands } from './commands/sim-lock.ts';
import { simCommands } from './commands/sim.ts';
import { ussdCommands } from './commands/ussd.ts';
import { makeMessagePrompt } from './message-prompt.ts';
import { makeModemClock } from './modem-clock.ts';
import { makeModemMessaging } from './modem-messaging.ts';
import type { ModemContext, ModemState } from './modem-state.ts';
import { makeModemState, registrationStats } from './modem-state.ts';
import type { RadioNetwork } from './radio-world.ts';
import { findNetwork, numberOf } from './radio-world.ts';
import type { SimIdentity } from './sim-driver.ts';
import { answerRefresh, makeSimDriver } from './sim-driver.ts';
import type { SimPin } from './sim-pins.ts';
import { makeSimPin } from './sim-pins.ts';
import type { TextFromOutside } from './sms-centre.ts';

export type VirtualModemOptions = {
  readonly slot: CardSlot;
  readonly imei: string;
  /** 1 is real time: 0.3 s for the SIM, 0.7 s for the network. */
  readonly timeScale: number;
};

/** A modem without a port: bytes in, bytes out, and a power switch. */
export type VirtualModem = {
  readonly imei: string;
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
  /** The subscriber with this number is on a network. */
  isReachable(number: string): boolean;
  /** Somebody sends a text; it arrives when the subscriber is on a network and there is room for it. */
  receiveText(text: TextFromOutside): void;
};

const commands: ReadonlyMap<string, AtCommand> = new Map(
  [
    ...identityCommands,
    ...simCommands,
    ...simLockCommands,
    ...cardAccessCommands,
    ...networkCommands,
    ...cellCommands,
    ...packetDataCommands,
    ...messageCommands,
    ...ussdCommands,
  ].map((command) => [command.name, command]),
);

/** EMM causes, 3GPP TS 24.301 §9.9.3.9: IMSI unknown in HSS, PLMN not allowed. */
const causes = { notKnown: 2, notAllowed: 11 } as const;
const delays = { boot: 100, sim: 300, network: 700, refresh: 100, reboot: 200, unlock: 20 } as const; // milliseconds

/** Milliseconds of the modem's time. */
function timeOf(request: AtRequest): number {
  if (request.kind === 'basic') return 0;
  return commands.get(request.name)?.takes?.[request.kind] ?? 0;
}

/** A scan: any character that comes meanwhile ends it (ITU-T V.250 §5.6.1). */
function isAbortable(request: AtRequest): boolean {
  return request.kind === 'test' && request.name === '+COPS';
}

/** Lines before the final result, or why there are none. */
function attempt(work: () => readonly string[]): readonly string[] | CmeCode | CmsError {
  try {
    return work();
  } catch (error) {
    if (error instanceof CmeError) return error.code;
    if (error instanceof CmsError) return error;
    throw error;
  }
}

export function makeVirtualModem({ slot, imei, timeScale }: VirtualModemOptions): VirtualModem {
  const clock = makeModemClock(timeScale);
  let output: ((bytes: Uint8Array) => void) | null = null;
  let askForReboot: (() => void) | null = null;
  let state: ModemState = makeModemState();
  let isOn = false;
  let isRefreshing = false;
  let search = 0;
  const waiting: string[] = [];
  let isBusy = false;
  /** Ends the command that is under way; null where that cannot be. */
  let abandon: (() => void) | null = null;
  let readLines = makeLineReader(enqueue);
  const prompt = makeMessagePrompt();
  const subscriber = (): { readonly msisdn: string } | null => {
    const msisdn = state.sim.state === 'ready' && state.network !== null ? numberOf(state.sim.identity.imsi) : null;
    return msisdn === null ? null : { msisdn };
  };
  const messaging = makeModemMessaging({
    clock,
    say,
    subscriber,
    sim: () => (state.sim.state === 'ready' ? state.sim.identity : null),
  });
  /** By the profile's number: each has a PIN of its own. */
  const pins = new Map<string, SimPin>();
  const contexts = makeStoredContexts();

  const sim = makeSimDriver(slot, (length) => {
    if (isRefreshing) return;
    isRefreshing = true;
    clock.after(delays.refresh, () => {
      isRefreshing = false;
      answerRefresh(slot, length);
      startSim();
    });
  });

  slot.onChange(() => {
    if (!isOn || state.functionality === 0) return;
    if (slot.present()) startSim();
    else loseSim();
  });

  function say(line: string): void {
    if (isOn) output?.(Buffer.from(`\r\n${line}\r\n`));
  }

  function setRegistration(stat: ModemState['stat'], network: RadioNetwork | null): void {
    const before = reportedDomains.map((domain) => formatRegistration(state, state.reports[domain]));
    state.stat = stat;
    state.network = network;
    for (const [index, domain] of reportedDomains.entries()) {
      const report = formatRegistration(state, state.reports[domain]);
      if (state.reports[domain] !== 0 && report !== before[index]) say(`${domain}: ${report}`);
    }
  }

  /** A network that was chosen by hand takes its own subscribers and those that it has an agreement for. */
  function refusalOf(network: RadioNetwork): number | null {
    return state.chosenNetwork === null || state.chosenNetwork === network.mccMnc ? null : causes.notAllowed;
  }

  function leaveNetwork(): void {
    search += 1;
    state.activations.clear();
    setRegistration(registrationStats.notRegistered, null);
  }

  function startSearch(): void {
    const { sim } = state;
    if (sim.state !== 'ready' || state.functionality !== 1 || state.detached) return;
    search += 1;
    const mine = search;
    setRegistration(registrationStats.searching, null);
    clock.after(delays.network, () => {
      // Another search, or a command that took the modem off the network, has overtaken this one.
      if (mine !== search) return;
      const network = findNetwork(sim.identity.imsi);
      state.rejectCause = network === null ? causes.notKnown : refusalOf(network);
      if (network === null || state.rejectCause !== null) setRegistration(registrationStats.denied, null);
      else {
        setRegistration(registrationStats[network.registration], network);
        messaging.collect();
      }
    });
  }

  function loseSim(): void {
    const wasReady = state.sim.state === 'ready';
    state.sim = { state: 'absent' };
    leaveNetwork();
    if (wasReady) say('+CPIN: NOT READY');
  }

  function startSim(): void {
    const wasReady = state.sim.state === 'ready';
    state.sim = { state: 'starting' };
    leaveNetwork();
    if (wasReady) say('+CPIN: NOT READY');
    clock.after(delays.sim, () => {
      if (state.functionality === 0) return;
      state.sim = sim.start();
      if (state.sim.state === 'absent') return;
      say('+QUSIM: 1');
      if (state.sim.state !== 'ready') return;
      const { identity } = state.sim;
      const pin = pinOf(identity);
      if (pin.pinLeft === 0) lockSim('pukRequired', identity);
      else if (pin.requested) lockSim('pinRequired', identity);
      else setReady(identity);
    });
  }

  function pinOf({ iccid }: SimIdentity): SimPin {
    const known = pins.get(iccid) ?? makeSimPin();
    pins.set(iccid, known);
    return known;
  }

  function lockSim(lock: 'pinRequired' | 'pukRequired', identity: SimIdentity): void {
    state.sim = { state: lock, identity };
    say(lock === 'pinRequired' ? '+CPIN: SIM PIN' : '+CPIN: SIM PUK');
  }

  function setReady(identity: SimIdentity): void {
    state.sim = { state: 'ready', identity };
    say('+CPIN: READY');
    startSearch();
  }

  /** Behind the final result of the command that did it. */
  function changeLock(change: (identity: SimIdentity) => void): void {
    const before = state.sim;
    if ('identity' in before) clock.after(delays.unlock, () => (state.sim === before ? change(before.identity) : undefined));
  }

  const context: ModemContext = {
    get state() {
      return state;
    },
    imei,
    slot,
    sim,
    messaging,
    contexts,
    pinOf,
    unlockSim: () => changeLock(setReady),
    blockSim: () =>
      changeLock((identity) => {
        leaveNetwork();
        lockSim('pukRequired', identity);
      }),
    startSim,
    search: startSearch,
    leaveNetwork,
    reboot: () => clock.after(delays.reboot, () => askForReboot?.()),
  };

  function enqueue(line: string): void {
    waiting.push(line);
    next();
  }

  /** One command line after the other: what comes in meanwhile waits. */
  function next(): void {
    if (isBusy) return;
    const line = waiting.shift();
    if (line === undefined) return;
    const requests = parseCommandLine(line);
    if (requests === null) {
      // A line that is no command line is passed over without a word.
      if (/^\s*at/i.test(line)) say('ERROR');
      return next();
    }
    isBusy = true;
    const takes = requests.reduce((sum, request) => sum + timeOf(request), 0);
    let isOver = false;
    const end = (finished: boolean): void => {
      if (isOver) return;
      isOver = true;
      abandon = null;
      if (!finished) say('OK');
      if (!finished || finish(requests)) goOn();
    };
    clock.after(takes, () => end(true));
    if (requests.some(isAbortable)) abandon = () => end(false);
  }

  function goOn(): void {
    isBusy = false;
    next();
  }

  /** The first command that fails ends the line (ITU-T V.250 §5.4.1), and so does one that prompts. @returns whether the line is done */
  function finish(requests: readonly AtRequest[]): boolean {
    for (const request of requests) {
      const result = runOne(request);
      if (!answer(result)) return true;
      if (request.kind === 'set' && commands.get(request.name)?.message !== undefined) {
        askForMessage(request.name, request.parameters);
        return false;
      }
    }
    say('OK');
    return true;
  }

  /** @returns false where the command was refused, which ends the line */
  function answer(result: ReturnType<typeof runOne>): boolean {
    if (typeof result === 'number') say(formatCmeError(result, state.cmee));
    else if (result instanceof CmsError) say(`+CMS ERROR: ${result.code}`);
    else if (result.length > 0) say(result.join('\r\n'));
    return Array.isArray(result);
  }

  function askForMessage(name: string, parameters: readonly string[]): void {
    output?.(Buffer.from('\r\n> '));
    prompt.ask((text) => {
      clock.after(text === null ? 0 : (commands.get(name)?.takes?.message ?? 0), () => {
        if (text === null || answer(attempt(() => commands.get(name)?.message?.(context, parameters, text) ?? []))) say('OK');
        goOn();
      });
    });
  }

  function runOne(request: AtRequest): readonly string[] | CmeCode | CmsError {
    if (request.kind === 'basic') return runBasic(request.name, request.number);
    const handler = commands.get(request.name)?.[request.kind];
    if (handler === undefined) return 4;
    return attempt(() => handler(context, request.kind === 'set' ? request.parameters : []));
  }

  function runBasic(name: string, number: number): readonly string[] | CmeCode {
    switch (name) {
      case 'E':
        if (number > 1) return 50;
        state.echo = number === 1;
        return [];
      case 'I':
        return identityLines;
      case 'Z':
      case '&F':
        state.echo = true;
        state.cmee = 1;
        return [];
      case 'V': // Words are all that it speaks.
        return number === 1 ? [] : 50;
      case 'Q':
        return number === 0 ? [] : 50;
      default:
        return 4;
    }
  }

  return {
    imei,
    powerOn() {
      isOn = true;
      state = makeModemState();
      messaging.reset();
      readLines = makeLineReader(enqueue);
      clock.after(delays.boot, () => {
        say('RDY');
        startSim();
      });
    },
    powerOff() {
      isOn = false;
      isBusy = false;
      abandon = null;
      isRefreshing = false;
      search += 1;
      waiting.length = 0;
      prompt.close();
      clock.stop();
    },
    receive(bytes) {
      if (!isOn) return;
      if (abandon !== null) {
        abandon();
        return;
      }
      if (state.echo) output?.(bytes);
      readLines(prompt.open ? prompt.type(bytes) : bytes);
    },
    isReachable: (number) => isOn && subscriber()?.msisdn === number,
    receiveText: (text) => messaging.receive(text),
    onOutput(listener) {
      output = listener;
    },
    onReboot(listener) {
      askForReboot = listener;
    },
  };
}
