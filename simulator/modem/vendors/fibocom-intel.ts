import { CmeError } from '../cme-error.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { readNumber } from '../commands/at-command.ts';
import { cardNumberCommand } from '../commands/card-number.ts';
import { neighbourOf, servingCell, type ServingCell } from '../serving-cell.ts';
import type { ModemVendor } from './modem-vendor.ts';
import { modeOf, tellingCommand, usableModes, useMode, type ModeSet, type TechnologyModes } from './vendor-commands.ts';

const modes: TechnologyModes = new Map<string, ModeSet>([
  ['1', ['utran']],
  ['2', ['eutran']],
  ['4', ['utran', 'eutran']],
]);

/** L850-GL, on a chip of Intel (XMM 7360). */
export const fibocomIntel: ModemVendor = {
  manufacturer: 'Fibocom Wireless Inc.',
  model: 'L850-GL',
  revision: '18500.5001.00.02.24.01',
  identity: ['Fibocom Wireless Inc.', 'L850-GL', '18500.5001.00.02.24.01'],
  usb: { vendorId: '2cb7', productId: '0007', interface: 2 },
  boot: ['+SIM READY'],
  card: { found: ['+SIM: Inserted'], lost: ['+SIM: Removed'], saysPin: false },
  bands: { utran: [1, 2, 4, 5, 8], eutran: [1, 2, 3, 4, 5, 7, 8, 12, 13, 17, 20, 26, 28, 66] },
  commands: [
    cardNumberCommand('+CCID', { filler: false }),
    radioCommand(),
    tellingCommand('+XCCINFO', 'read', (modem) => describeServing(servingCell(modem))),
    tellingCommand('+XLEC', 'read', (modem) => describeCarriers(servingCell(modem))),
    { name: '+XMCI', takes: { set: 40 }, set: (modem) => describeCells(servingCell(modem)) },
    tellingCommand('+XCESQ', 'read', (modem) => describeQuality(servingCell(modem))),
    { name: '+MTSM', set: () => ['+MTSM: 36'] },
  ],
  lacks: [],
  restartLevel: 16,
  chatter: ['+XCESQI: 1,99,99,255,255,22,45,14', '+CTZV: +04', '+CSCON: 0'],
  traits: {},
};

/** `<allowed>,<first choice>,<second choice>,<bands>`: UMTS as they are, LTE from 101 on. */
function radioCommand(): AtCommand {
  return {
    name: '+XACT',
    read(modem) {
      const { utran = [], eutran = [] } = modem.radio.bands;
      return [`+XACT: ${[modeOf(modem, modes), 2, 1, ...utran, ...eutran.map((band) => 100 + band)].join(',')}`];
    },
    test(modem) {
      const { utran = [], eutran = [] } = modem.kind.vendor.bands;
      return [`+XACT: (${usableModes(modem, modes).join(',')}),(1,2),(1,2),${[...utran, ...eutran.map((band) => 100 + band)].join(',')}`];
    },
    set(modem, [mode, , , ...bands]) {
      const wanted = bands.filter((band) => band !== '').map((band) => readNumber(band, 999));
      const { utran = [], eutran = [] } = modem.kind.vendor.bands;
      const chosen = {
        utran: utran.filter((band) => wanted.includes(band)),
        eutran: eutran.filter((band) => wanted.includes(100 + band)),
      };
      if (chosen.utran.length + chosen.eutran.length !== wanted.length) throw new CmeError(50);
      if (wanted.length > 0) modem.radio.bands = chosen;
      useMode(modem, modes, mode);
      return [];
    },
  };
}

function describeServing(cell: ServingCell | null): readonly string[] {
  if (cell === null) return ['+XCCINFO: 0'];
  const { mcc, mnc, cellId, areaCode, band } = cell;
  return cell.technology === 'eutran'
    ? [`+XCCINFO: 0,${mcc},${mnc},"${cellId}",3,${100 + band},"FFFF",1,"FF","${areaCode}",0,0,0,0,0,0,0,0`]
    : [`+XCCINFO: 0,${mcc},${mnc},"${cellId}",2,${band},"${areaCode}",1,"FF","FFFF",0,0,0,0,0,0,0,0`];
}

function describeCarriers(cell: ServingCell | null): readonly string[] {
  return [cell?.technology === 'eutran' ? `+XLEC: 0,1,5,BAND_LTE_${cell.band}` : '+XLEC: 0,0'];
}

function hex(value: number, digits: number): string {
  return `"0x${value.toString(16).toUpperCase().padStart(digits, '0')}"`;
}

/** 4: the serving cell of LTE, 5: one beside it. Levels in the units of +CESQ, SINR in halves of a dB. */
function describeCells(cell: ServingCell | null): readonly string[] {
  if (cell?.technology !== 'eutran') return [];
  const { mcc, mnc, areaCode, cellId, pci, channel, rsrp, rsrq, sinr } = cell;
  const next = neighbourOf(cell);
  const uplink = channel + 18_000;
  const serving = [
    `"0x${areaCode}"`,
    `"0x${cellId}"`,
    hex(pci, 4),
    hex(channel, 8),
    hex(uplink, 8),
    '"0xFFFF"',
    rsrp + 141,
    (rsrq + 20) * 2,
    sinr * 2,
  ];
  const beside = [
    '"0xFFFE"',
    '"0xFFFFFFFF"',
    hex(next.pci, 4),
    hex(channel, 8),
    '"0xFFFFFFFF"',
    '"0xFFFFFFFF"',
    next.rsrp + 141,
    (next.rsrq + 20) * 2,
    255,
  ];
  return [
    `+XMCI: 4,${mcc},${mnc},${serving.join(',')},"0x00000004","0x00000000"`,
    `+XMCI: 5,000,000,${beside.join(',')},"0x7FFFFFFF","0x00000000"`,
  ];
}

function describeQuality(cell: ServingCell | null): readonly string[] {
  if (cell?.technology !== 'eutran') return ['+XCESQ: 0,99,99,255,255,255,255,255'];
  return [`+XCESQ: 0,99,99,255,255,${(cell.rsrq + 20) * 2},${cell.rsrp + 141},${cell.sinr * 2}`];
}
