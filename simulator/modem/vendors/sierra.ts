import type { AtCommand } from '../commands/at-command.ts';
import { choose } from '../commands/at-command.ts';
import { cardNumberCommand } from '../commands/card-number.ts';
import type { ModemContext } from '../modem-state.ts';
import { neighbourOf, servingCell } from '../serving-cell.ts';
import type { ModemVendor } from './modem-vendor.ts';
import {
  countersOf,
  modeOf,
  restartCommand,
  slotCommand,
  tellingCommand,
  usableModes,
  useMode,
  type ModeSet,
  type TechnologyModes,
} from './vendor-commands.ts';

const modes: TechnologyModes = new Map<string, ModeSet>([
  ['00', 'all'],
  ['01', ['utran']],
  ['06', ['eutran']],
  ['11', ['utran', 'eutran']],
]);
const modeNames: Readonly<Record<string, string>> = {
  '00': 'Automatic',
  '01': 'UMTS 3G Only',
  '06': 'LTE Only',
  '11': 'UMTS and LTE Only',
};

/** EM7590. Sessions of its card have names of 32 bits, and a question for the forms of a command for the card is an error. */
export const sierra: ModemVendor = {
  manufacturer: 'Sierra Wireless, Incorporated',
  model: 'EM7590',
  revision: 'SWIX55C_01.07.13.00 r8113 CARMD-EV-FRMWR1 2021/10/20 07:14:30',
  identity: [
    'Manufacturer: Sierra Wireless, Incorporated',
    'Model: EM7590',
    'Revision: SWIX55C_01.07.13.00 r8113 CARMD-EV-FRMWR1 2021/10/20 07:14:30',
    'IMEI SV:  7',
    'FSN: BENCH0000000001',
    '+GCAP: +CGSM',
  ],
  usb: { vendorId: '1199', productId: '9091', interface: 3 },
  boot: [],
  card: { found: [], lost: [], saysPin: false },
  bands: { utran: [1, 2, 4, 5, 8], eutran: [1, 2, 3, 4, 5, 7, 8, 12, 13, 20, 28, 38, 40, 41, 66] },
  commands: [
    cardNumberCommand('!ICCID', { filler: false }),
    tellingCommand('+CPINC', 'read', (modem) => {
      const { pin, puk, pin2, puk2 } = countersOf(modem);
      return [`+CPINC: ${pin},${pin2},${puk},${puk2}`];
    }),
    radioCommand(),
    tellingCommand('!GSTATUS', 'read', describeStatus),
    tellingCommand('!LTEINFO', 'read', describeCells),
    tellingCommand('!PCINFO', 'read', describePower),
    tellingCommand('!PCTEMP', 'read', () => ['Temp state: Normal', 'Temperature: 36.00 C']),
    slotCommand('!UIMS', ['0', '1'], (slot) => slot),
    restartCommand('!RESET'),
  ],
  lacks: ['+CPINR'],
  restartLevel: null,
  chatter: ['*CNTI: 0,LTE', '+CTZV: +04', '+CGEV: NW MODIFY 1,0'],
  traits: { sessions: 'handles', testForms: 'refused' },
};

function radioCommand(): AtCommand {
  return {
    name: '!SELRAT',
    read: (modem) => {
      const mode = modeOf(modem, modes);
      return [`!SELRAT: ${mode}, ${modeNames[mode] ?? ''}`];
    },
    test: (modem) => ['!SELRAT: Index, Name', ...usableModes(modem, modes).map((mode) => `${mode}, ${modeNames[mode] ?? ''}`)],
    set(modem, [index]) {
      // Both 6 and 06 are taken.
      useMode(modem, modes, choose(index?.padStart(2, '0'), usableModes(modem, modes)));
      return [];
    },
  };
}

function describeStatus(modem: ModemContext): readonly string[] {
  const cell = servingCell(modem);
  const mode = modem.state.functionality === 1 ? 'ONLINE' : 'LOW POWER MODE';
  const head = ['!GSTATUS: ', 'Current Time:  4306\t\tTemperature: 36', `Reset Counter: 1\t\tMode:        ${mode.padEnd(15)}`];
  if (cell === null)
    return [...head, 'System mode:   No service\tPS state:    Not attached ', 'EMM state:     Deregistered  \tNo Cell Available '];
  if (cell.technology === 'utran') {
    return [
      ...head,
      'System mode:   WCDMA      \tPS state:    Attached     ',
      `WCDMA channel: ${cell.channel}`,
      `RX level (dBm):${cell.rssi}`,
    ];
  }
  const { band, channel, rssi, rsrp, rsrq, sinr, areaCode, cellId } = cell;
  return [
    ...head,
    'System mode:   LTE        \tPS state:    Attached     ',
    `LTE band:      B${String(band).padEnd(6)}\tLTE bw:      20 MHz  `,
    `LTE Rx chan:   ${channel}\t\tLTE Tx chan: ${channel + 18_000}`,
    'LTE CA state:  NOT ASSIGNED',
    'EMM state:     Registered     \tNormal Service ',
    'RRC state:     RRC Idle       ',
    'IMS reg state: No Srv  \t\t',
    '',
    `PCC RxM RSSI:  ${rssi}\t\tPCC RxM RSRP:  ${rsrp}`,
    `PCC RxD RSSI:  ${rssi - 2}\t\tPCC RxD RSRP:  ${rsrp - 2}`,
    `Tx Power:      --\t\tTAC:         ${areaCode} (${Number.parseInt(areaCode, 16)})`,
    `RSRQ (dB):     ${rsrq.toFixed(1)}\t\tCell ID:     ${cellId} (${Number.parseInt(cellId, 16)})`,
    `SINR (dB):     ${sinr.toFixed(1)}`,
  ];
}

function describeCells(modem: ModemContext): readonly string[] {
  const cell = servingCell(modem);
  if (cell?.technology !== 'eutran') return ['!LTEINFO: '];
  const next = neighbourOf(cell);
  const levels = ({ pci, rsrq, rsrp, rssi }: typeof next): string =>
    [String(pci).padStart(3), ...[rsrq, rsrp, rssi].map((value) => value.toFixed(1).padStart(6)), '--'].join(' ');
  const place = [
    cell.channel,
    cell.mcc,
    cell.mnc.padStart(3),
    Number.parseInt(cell.areaCode, 16),
    cell.cellId,
    cell.band,
    5,
    5,
    cell.sinr,
  ].join(' ');
  return [
    '!LTEINFO: ',
    'Serving:   EARFCN MCC MNC   TAC      CID Bd D U SNR PCI  RSRQ   RSRP   RSSI RXLV',
    `           ${place} ${levels(cell)}`,
    '',
    'IntraFreq:                                          PCI  RSRQ   RSRP   RSSI RXLV',
    `                                                    ${levels(cell)}`,
    `                                                    ${levels(next)}`,
  ];
}

/** Whoever votes keeps the radio off; the vote of the BIOS is the laptop maker's lock. */
function describePower({ kind, state }: ModemContext): readonly string[] {
  const bios = kind.traits.fccLocked ? 1 : 0;
  const user = state.functionality === 4 && bios === 0 ? 1 : 0;
  return [
    `State: ${state.functionality === 1 ? 'Online' : 'LowPowerMode'}`,
    `LPM voters - Temp:0, Volt:0, User:${user}, W_DISABLE:0, IMSWITCH:0, BIOS:${bios}, LWM2M:0, OMADM:0, FOTA:0`,
    'LPM persistence - None',
  ];
}
