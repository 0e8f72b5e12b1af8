import { cardNumberCommand } from '../commands/card-number.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { choose } from '../commands/at-command.ts';
import { CmeError } from '../cme-error.ts';
import { knownTraits } from '../modem-traits.ts';
import type { ModemContext } from '../modem-state.ts';
import { registrationStats } from '../modem-state.ts';
import { neighbourOf, servingCell, shortHex, type ServingCell } from '../serving-cell.ts';
import type { ModemVendor } from './modem-vendor.ts';
import { systemConfiguration } from './system-configuration.ts';
import { countersOf, restartCommand, tellingCommand } from './vendor-commands.ts';

/** MS2372h-153. The card is reached through AT+CSIM on the basic channel alone. */
export const huawei: ModemVendor = {
  manufacturer: 'Huawei Technologies Co., Ltd.',
  model: 'MS2372h-153',
  revision: '22.250.05.00.00',
  identity: ['Manufacturer: Huawei Technologies Co., Ltd.', 'Model: MS2372h-153', 'Revision: 22.250.05.00.00', '+GCAP: +CGSM,+DS,+ES'],
  usb: { vendorId: '12d1', productId: '1506', interface: 2 },
  boot: ['^BOOT:12345678,0,0,0,20'],
  card: { found: ['^SIMST: 1'], lost: ['^SIMST: 255'], saysPin: false },
  bands: { gsm: [850, 900, 1800, 1900], utran: [1, 2, 5, 8], eutran: [1, 3, 7, 8, 20] },
  commands: [
    cardNumberCommand('^ICCID', { filler: true }),
    pinCommand(),
    systemConfiguration,
    tellingCommand('^HCSQ', 'read', (modem) => [`^HCSQ: ${describeQuality(servingCell(modem))}`]),
    tellingCommand('^SYSINFOEX', 'execute', describeSystem),
    tellingCommand('^MONSC', 'execute', (modem) => describeServing(servingCell(modem))),
    tellingCommand('^MONNC', 'execute', (modem) => describeNeighbours(servingCell(modem))),
    tellingCommand('^CHIPTEMP', 'read', () => ['^CHIPTEMP: 36']),
    powerCommand(),
    restartCommand('^RESET'),
  ],
  lacks: ['+CPINR', '+CCID'],
  restartLevel: null,
  chatter: ['^RSSI: 21', '^HCSQ: "LTE",49,45,171,21', '^RRCSTAT: 0,1'],
  traits: { ...knownTraits['csimBasicOnly']?.change },
};

/** `<state>,<tries of it>,<PUK>,<PIN>,<PUK2>,<PIN2>`. */
function pinCommand(): AtCommand {
  return tellingCommand('^CPIN', 'read', (modem) => {
    const { pin, puk, pin2, puk2 } = countersOf(modem);
    const { state } = modem.state.sim;
    const asked = state === 'pinRequired' ? `SIM PIN,${pin}` : state === 'pukRequired' ? `SIM PUK,${puk}` : 'READY,';
    return [`^CPIN: ${asked},${puk},${pin},${puk2},${pin2}`];
  });
}

/** The power of the card alone: `1,0` takes it away, `1,1` gives it back. */
function powerCommand(): AtCommand {
  return {
    name: '^HVSST',
    test: () => ['^HVSST: (1),(0,1)'],
    set(modem, [subject, on]) {
      choose(subject, [1]);
      if (choose(on, [0, 1]) === 1) {
        if (modem.state.sim.state !== 'off') throw new CmeError(50);
        modem.startSim();
      } else {
        modem.leaveNetwork();
        modem.state.sim = { state: 'off' };
      }
      return [];
    },
  };
}

/** Each scale begins at its own lowest value; SINR goes in fifths, RSRQ in halves of a dB. */
function describeQuality(cell: ServingCell | null): string {
  if (cell === null) return '"NOSERVICE"';
  const { rssi, rsrp, rsrq, sinr } = cell;
  switch (cell.technology) {
    case 'gsm':
      return `"GSM",${rssi + 120}`;
    case 'utran':
      return `"WCDMA",${rssi + 120},${rsrp + 120},${(rsrq + 32) * 2}`;
    default:
      return `"LTE",${rssi + 120},${rsrp + 140},${(sinr + 20) * 5},${Math.round((rsrq + 19.5) * 2)}`;
  }
}

function describeSystem(modem: ModemContext): readonly string[] {
  const cell = servingCell(modem);
  const simState = 'identity' in modem.state.sim ? 1 : 255;
  if (cell === null) return [`^SYSINFOEX:0,0,0,${simState},,0,"NO SERVICE",0,"NO SERVICE"`];
  const roams = modem.state.stat === registrationStats.roaming ? 1 : 0;
  const system = { gsm: '1,"GSM",3,"EDGE"', utran: '3,"WCDMA",46,"HSPA+"', eutran: '6,"LTE",101,"LTE"', nr: '11,"NR",111,"NR"' } as const;
  return [`^SYSINFOEX:2,3,${roams},${simState},,${system[cell.technology]}`];
}

function describeServing(cell: ServingCell | null): readonly string[] {
  if (cell === null) return ['^MONSC: NONE'];
  const { mcc, mnc, channel, cellId, pci, areaCode, rsrp, rsrq, rssi } = cell;
  switch (cell.technology) {
    case 'gsm':
      return [`^MONSC: GSM,${mcc},${mnc},0,${channel},32,${shortHex(cellId)},${areaCode},${rssi},0,0`];
    case 'utran':
      return [`^MONSC: WCDMA,${mcc},${mnc},${channel},${pci},${shortHex(cellId)},${areaCode},${rsrp},${rssi},${rsrq},64,0`];
    default:
      return [
        `^MONSC: LTE,${mcc},${mnc},${channel},${shortHex(cellId)},${pci.toString(16).toUpperCase()},${areaCode},${rsrp},${rsrq},${rssi}`,
      ];
  }
}

function describeNeighbours(cell: ServingCell | null): readonly string[] {
  if (cell?.technology !== 'eutran') return ['^MONNC: NONE'];
  const { channel, pci, rsrp, rsrq, rssi } = neighbourOf(cell);
  return [`^MONNC: LTE,${channel},${pci.toString(16).toUpperCase()},${rsrp},${rsrq},${rssi}`];
}
