import { CmeError } from '../cme-error.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { readNumber } from '../commands/at-command.ts';
import { cardNumberCommand } from '../commands/card-number.ts';
import type { ModemContext } from '../modem-state.ts';
import type { BandTable } from '../radio-settings.ts';
import { neighbourOf, servingCell, type ServingCell } from '../serving-cell.ts';
import type { ModemVendor } from './modem-vendor.ts';
import {
  countersOf,
  modeOf,
  slotCommand,
  tellingCommand,
  usableModes,
  useMode,
  type ModeSet,
  type TechnologyModes,
} from './vendor-commands.ts';

const modes: TechnologyModes = new Map<string, ModeSet>([
  ['1', ['utran']],
  ['2', ['eutran']],
  ['4', ['utran', 'eutran']],
  ['14', ['nr']],
  ['16', ['utran', 'nr']],
  ['17', ['eutran', 'nr']],
  ['20', ['utran', 'eutran', 'nr']],
]);
const preferences: Readonly<Record<string, 'utran' | 'eutran' | 'nr'>> = { 2: 'utran', 3: 'eutran', 6: 'nr' };

/** FM350-GL, on a chip of MediaTek: the session of AT+CCHO without its name, no answer to `=?` of the commands for the card. */
export const fibocom: ModemVendor = {
  manufacturer: 'Fibocom Wireless Inc.',
  model: 'FM350-GL',
  revision: '81600.0000.00.29.20.22_GC',
  identity: ['Manufacturer: Fibocom Wireless Inc.', 'Model: FM350-GL', 'Revision: 81600.0000.00.29.20.22'],
  usb: { vendorId: '0e8d', productId: '7127', interface: 6 },
  boot: ['+SIM READY'],
  card: { found: ['+SIM: Inserted'], lost: ['+SIM DROP'], saysPin: false },
  bands: { utran: [1, 2, 4, 5, 8], eutran: [1, 2, 3, 4, 5, 7, 8, 12, 13, 20, 25, 26, 28, 38, 40, 41, 66], nr: [1, 3, 7, 28, 41, 78] },
  commands: [
    cardNumberCommand('+ICCID', { filler: false }),
    cardNumberCommand('+CCID', { filler: false }),
    tellingCommand('+EPINC', 'read', (modem) => {
      const { pin, puk, pin2, puk2 } = countersOf(modem);
      return [`+EPINC: ${pin}, ${pin2}, ${puk}, ${puk2}`];
    }),
    radioCommand(),
    tellingCommand('+GTCCINFO', 'read', (modem) => describeCells(servingCell(modem))),
    tellingCommand('+GTCAINFO', 'read', (modem) => describeCarriers(servingCell(modem))),
    { name: '+GTSENRDTEMP', set: () => ['+GTSENRDTEMP: 1,36500'] },
    slotCommand('+GTDUALSIM', ['0', '1'], (slot) => `${slot},"SUB${Number(slot) + 1}","L"`),
    tellingCommand('+GTFCCEFFSTATUS', 'read', ({ kind }) => [`+GTFCCEFFSTATUS: ${kind.traits.fccLocked ? '2,0' : '0,1'}`]),
  ],
  lacks: [],
  restartLevel: 15,
  chatter: ['+CIREPI: 0', '+CSCON: 1', '+CTZV: +04'],
  traits: { openAnswer: 'bare', testForms: 'silent' },
};

/** `<mode>,<first choice>,<second choice>,<bands>`: UMTS as they are, LTE from 101 on, 5G with 50 in front. */
function radioCommand(): AtCommand {
  return {
    name: '+GTACT',
    read: (modem) => [`+GTACT: ${[modeOf(modem, modes), choices(modem), ...bandNumbers(modem.radio.bands).flat()].join(',')}`],
    test: (modem) => {
      const lists = bandNumbers(modem.kind.vendor.bands).map((list) => `(${list.join(',')})`);
      return [`+GTACT: (${usableModes(modem, modes).join(',')}),(2,3,6),(2,3,6),${lists.join(',')}`];
    },
    set(modem, [mode, first, , ...bands]) {
      const wanted = bands.filter((band) => band !== '').map((band) => readNumber(band, 9999));
      const all = modem.kind.vendor.bands;
      const possible = bandNumbers(all).flat();
      if (wanted.some((band) => !possible.includes(band))) throw new CmeError(50);
      modem.radio.preferred = preferences[first ?? ''] ?? null;
      if (wanted.length > 0) modem.radio.bands = only(all, wanted);
      useMode(modem, modes, mode);
      return [];
    },
  };
}

/** Without a choice the newest comes first. */
function choices({ radio }: ModemContext): string {
  const first = Object.keys(preferences).find((number) => preferences[number] === radio.preferred) ?? '6';
  return `${first},${first === '3' ? 6 : 3}`;
}

function bandNumbers({ utran = [], eutran = [], nr = [] }: BandTable): readonly (readonly number[])[] {
  return [[...utran], eutran.map((band) => 100 + band), nr.map((band) => Number(`50${band}`))];
}

function only({ utran = [], eutran = [], nr = [] }: BandTable, wanted: readonly number[]): BandTable {
  return {
    utran: utran.filter((band) => wanted.includes(band)),
    eutran: eutran.filter((band) => wanted.includes(100 + band)),
    nr: nr.filter((band) => wanted.includes(Number(`50${band}`))),
  };
}

/** Levels in the units of +CESQ, the band as in +GTACT; the lines have no name in front. */
function describeCells(cell: ServingCell | null): readonly string[] {
  if (cell === null) return ['+GTCCINFO:'];
  const { mcc, mnc, areaCode, cellId, channel, pci, rsrp, rsrq, rssi, sinr } = cell;
  const levels = [(rsrq + 20) * 2, rsrp + 141, rssi + 111] as const;
  switch (cell.technology) {
    case 'eutran': {
      const next = neighbourOf(cell);
      return [
        '+GTCCINFO:',
        ['1,4', mcc, mnc, areaCode, `0${cellId}`, channel, pci, 100 + cell.band, 100, sinr, levels[1], levels[1], levels[0]].join(','),
        ['2,4,,,FFFF,00FFFFFFF', next.channel, next.pci, '', next.rsrp + 141, next.rsrp + 141, (next.rsrq + 20) * 2].join(','),
      ];
    }
    case 'nr':
      return [
        '+GTCCINFO:',
        [
          '1,9',
          mcc,
          mnc,
          `00${areaCode}`,
          `0${cellId}`,
          channel,
          pci,
          `50${cell.band}`,
          100,
          sinr * 2,
          rsrp + 157,
          rsrp + 157,
          (rsrq + 43) * 2,
        ].join(','),
      ];
    default:
      return ['+GTCCINFO:', ['1,2', mcc, mnc, areaCode, cellId, channel, pci, cell.band, '', levels[0], rsrp + 121, rssi + 111].join(',')];
  }
}

/** The serving carrier alone. */
function describeCarriers(cell: ServingCell | null): readonly string[] {
  if (cell?.technology !== 'eutran') return ['+GTCAINFO:'];
  return ['+GTCAINFO:', `PCC:${[100 + cell.band, cell.pci, cell.channel, 100, 100, 2, 1, 3, 1, cell.rsrp].join(',')}`];
}
