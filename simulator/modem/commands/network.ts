import { assertNever } from '../../bench/assert-never.ts';
import { CmeError } from '../cme-error.ts';
import type { ModemContext, ModemState, ReportedDomain } from '../modem-state.ts';
import { registrationStats } from '../modem-state.ts';
import type { RadioTechnology } from '../radio-settings.ts';
import type { Cell, RadioNetwork } from '../radio-world.ts';
import { cellOf } from '../radio-world.ts';
import { accessTechnologies } from '../radio-settings.ts';
import { shortHex } from '../serving-cell.ts';
import type { AtCommand } from './at-command.ts';
import { choose } from './at-command.ts';

export const reportedDomains: readonly ReportedDomain[] = ['+CREG', '+CGREG', '+CEREG', '+C5GREG'];

/** What each of them tells of; the others leave it out (3GPP TS 27.007 §10.1.22, §10.1.47). */
const technologiesTold: Readonly<Partial<Record<ReportedDomain, readonly RadioTechnology[]>>> = { '+CEREG': ['eutran'], '+C5GREG': ['nr'] };

/** `<stat>` and, where asked for and known, the cell, or the cause of a refusal (3GPP TS 27.007 §7.2). */
export function formatRegistration(state: ModemState, domain: ReportedDomain, mode: 0 | 1 | 2 | 3): string {
  const { stat, rejectCause, network, cell } = state;
  if (mode === 3 && stat === registrationStats.denied && rejectCause !== null) return `${stat},,,,0,${rejectCause}`;
  if (cell !== null && technologiesTold[domain]?.includes(cell.technology) === false) return String(registrationStats.notRegistered);
  if (mode < 2 || network === null || cell === null) return String(stat);
  // The area of a 5G network has six digits, and the slices are told behind it.
  const area = domain === '+C5GREG' ? `00${network.areaCode}` : network.areaCode;
  return `${stat},"${area}","${shortHex(network.cellId)}",${accessTechnologies[cell.technology]}`;
}

export const networkCommands: readonly AtCommand[] = [
  ...reportedDomains.map((name): AtCommand => ({
    name,
    read: ({ state }) => [`${name}: ${state.reports[name]},${formatRegistration(state, name, state.reports[name])}`],
    test: () => [`${name}: (0-3)`],
    set: ({ state }, [mode]) => {
      state.reports[name] = choose(mode, [0, 1, 2, 3]);
      return [];
    },
  })),
  {
    name: '+CSQ',
    execute: ({ state }) => [`+CSQ: ${state.network?.reception.rssi ?? 99},99`],
    test: () => ['+CSQ: (0-31,99),(0-7,99)'],
  },
  {
    name: '+CESQ',
    execute: ({ state }) => {
      return [`+CESQ: ${formatQuality(state)}`];
    },
    test: () => ['+CESQ: (0-63,99),(0-7,99),(0-96,255),(0-49,255),(0-34,255),(0-97,255)'],
  },
  {
    name: '+COPS',
    read: ({ state }) => [readOperator(state)],
    set: selectOperator,
    takesMore: ({ world }, form) => (form === 'test' ? world.scanTime : 0),
    test: ({ state, world, radio }) => {
      if (state.functionality !== 1) throw new CmeError(30);
      const seen = world.networks().flatMap((network) => formatScanned(network, cellOf(network, radio), state.network));
      return [`+COPS: ${seen.join(',')},,(0-4),(0-2)`];
    },
  },
  {
    name: '+CFUN',
    takes: { set: 300 },
    read: ({ state }) => [`+CFUN: ${state.functionality}`],
    test: () => ['+CFUN: (0,1,4),(0,1)'],
    set: setFunctionality,
  },
];

function readOperator(state: ModemState): string {
  const mode = state.detached ? 2 : state.chosenNetwork === null ? 0 : 1;
  if (state.network === null || state.cell === null) return `+COPS: ${mode}`;
  const { name, mccMnc } = state.network;
  const names = [name, shortName(name), mccMnc] as const;
  return `+COPS: ${mode},${state.operatorFormat},"${names[state.operatorFormat]}",${accessTechnologies[state.cell.technology]}`;
}

function shortName(name: string): string {
  return name.split(' ')[0] ?? name;
}

function formatScanned({ name, mccMnc }: RadioNetwork, cell: Cell | null, current: RadioNetwork | null): readonly string[] {
  if (cell === null) return [];
  const stat = current?.mccMnc === mccMnc ? 2 : 1; // current, or available
  return [`(${stat},"${name}","${shortName(name)}","${mccMnc}",${accessTechnologies[cell.technology]})`];
}

/** The scale of the technology that it is on; those of the others are not known (3GPP TS 27.007 §8.69). */
function formatQuality({ network, cell }: ModemState): string {
  const { rssi, rsrq, rsrp } = network?.reception ?? { rssi: 0, rsrq: 0, rsrp: 0 };
  if (cell === null) return '99,99,255,255,255,255';
  switch (cell.technology) {
    case 'gsm':
      return `${2 * rssi - 2},99,255,255,255,255`;
    case 'utran':
      return `99,99,${rsrp},${rsrq},255,255`;
    case 'eutran':
      return `99,99,255,255,${rsrq},${rsrp}`;
    case 'nr': // SS-RSRQ from −43.5 dB, SS-RSRP from −157 dBm, SS-SINR from −23.5 dB on, in halves but for the second.
      return `99,99,255,255,255,255,${rsrq + 46},${rsrp + 15},${rsrq + 53}`;
    default:
      return assertNever(cell.technology);
  }
}

function selectOperator(modem: ModemContext, [mode, format, operator]: readonly string[]): readonly string[] {
  const chosen = choose(mode, [0, 1, 2, 3]);
  if (chosen === 3) {
    modem.state.operatorFormat = choose(format, [0, 1, 2]);
    return [];
  }
  if (chosen === 1) return chooseNetwork(modem, choose(format, [0, 1, 2]), operator);
  const wasChosen = modem.state.chosenNetwork !== null;
  modem.state.chosenNetwork = null;
  modem.state.detached = chosen === 2;
  if (modem.state.detached) modem.leaveNetwork();
  else if (wasChosen || modem.state.stat === registrationStats.notRegistered) modem.search();
  return [];
}

/** Says OK at once; how the network answers is told as registration. @throws CmeError 30 where it is not in reach */
function chooseNetwork(modem: ModemContext, format: 0 | 1 | 2, operator: string | undefined): readonly string[] {
  const network = modem.world.networks().find(({ name, mccMnc }) => [name, shortName(name), mccMnc][format] === operator);
  if (network === undefined) throw new CmeError(30);
  modem.state.chosenNetwork = network.mccMnc;
  modem.state.detached = false;
  modem.leaveNetwork();
  modem.search();
  return [];
}

/** 0 takes the power from the SIM, 4 only the radio; 1,1 restarts the modem (3GPP TS 27.007 §8.2). */
function setFunctionality(modem: ModemContext, [level, reset]: readonly string[]): readonly string[] {
  if (modem.kind.vendor.restartLevel !== null && level === String(modem.kind.vendor.restartLevel)) {
    modem.reboot();
    return [];
  }
  const wanted = choose(level, [0, 1, 4]);
  if (reset !== undefined && choose(reset, [0, 1]) === 1) {
    if (wanted !== 1) throw new CmeError(50);
    modem.reboot();
    return [];
  }
  const before = modem.state.functionality;
  // The lock of a laptop's maker: taken without a word, and the radio stays off.
  const next = wanted === 1 && modem.kind.traits.fccLocked ? 4 : wanted;
  modem.state.functionality = next;
  if (next === before) return [];
  if (next !== 1) modem.leaveNetwork();
  if (next === 0) modem.state.sim = { state: 'off' };
  else if (before === 0) modem.startSim();
  else if (next === 1) modem.search();
  return [];
}
