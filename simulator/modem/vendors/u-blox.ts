import { cardNumberCommand } from '../commands/card-number.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { choose } from '../commands/at-command.ts';
import { bandsIn, maskOf } from '../commands/band-mask.ts';
import { CmeError } from '../cme-error.ts';
import type { ModemContext } from '../modem-state.ts';
import { servingCell, shortHex } from '../serving-cell.ts';
import type { ModemVendor } from './modem-vendor.ts';
import { countersOf, technologyCommand, tellingCommand, type ModeSet, type TechnologyModes } from './vendor-commands.ts';

const modes: TechnologyModes = new Map<string, ModeSet>([
  ['0', ['gsm']],
  ['2', ['utran']],
  ['3', ['eutran']],
  ['1', ['gsm', 'utran']],
  ['5', ['gsm', 'eutran']],
  ['6', ['utran', 'eutran']],
  ['4', ['gsm', 'utran', 'eutran']],
]);

/** LARA-R6001. */
export const uBlox: ModemVendor = {
  manufacturer: 'u-blox',
  model: 'LARA-R6001',
  revision: '00.14',
  identity: ['LARA-R6001-00B'],
  usb: { vendorId: '1546', productId: '1311', interface: 0 },
  boot: ['+UUSIMSTAT: 0'],
  card: { found: [], lost: [], saysPin: false },
  bands: { gsm: [850, 900, 1800, 1900], utran: [1, 2, 5, 8], eutran: [1, 2, 3, 4, 5, 7, 8, 12, 13, 18, 19, 20, 26, 28] },
  commands: [
    cardNumberCommand('+CCID', { filler: false }),
    tellingCommand('+UPINCNT', 'execute', (modem) => {
      const { pin, puk, pin2, puk2 } = countersOf(modem);
      return [`+UPINCNT: ${pin},${pin2},${puk},${puk2}`];
    }),
    technologyCommand('+URAT', modes),
    bandCommand(),
    {
      name: '+UCGED',
      read: describeCell,
      test: () => ['+UCGED: (0,2)'],
      set: (_modem, [mode]) => (choose(mode, [0, 2]), []),
    },
    tellingCommand('+UGCNTRD', 'execute', ({ state }) => (state.network === null ? [] : ['+UGCNTRD: 1,48213,1907344,48213,1907344'])),
    {
      name: '+UFACTORY',
      test: () => ['+UFACTORY: (0-2),(0-2)'],
      set: (_modem, [files, settings]) => (choose(files, [0, 1, 2]), choose(settings, [0, 1, 2]), []),
    },
  ],
  lacks: ['+CPINR'],
  restartLevel: 16,
  chatter: ['+UUPSDA: 0,"10.45.7.1"', '+CIEV: 2,4', '+CTZV: +04'],
  traits: {},
};

/** Pairs of a kind of radio and its mask; 0 is LTE. */
function bandCommand(): AtCommand {
  return {
    name: '+UBANDMASK',
    read: ({ radio }) => [`+UBANDMASK: 0,${maskOf(radio.bands.eutran ?? [])}`],
    test: ({ kind }) => [`+UBANDMASK: (0),(1-${maskOf(kind.vendor.bands.eutran ?? [])})`],
    set(modem, [kind, mask]) {
      choose(kind, [0]);
      if (mask === undefined || !/^\d{1,19}$/.test(mask)) throw new CmeError(50);
      modem.radio.bands = { ...modem.radio.bands, eutran: bandsIn(BigInt(mask), modem.kind.vendor.bands.eutran ?? []) };
      modem.radioChanged();
      return [];
    },
  };
}

/** Levels in the units of +CESQ, SINR in dB. */
function describeCell(modem: ModemContext): readonly string[] {
  const cell = servingCell(modem);
  if (cell?.technology !== 'eutran')
    return [
      '+UCGED: 2',
      '6,0,fff,fff',
      '65535,255,255,255,ffff,0000000,65535,00000000,ffff,ff,255,255,255,1,255,255,255,255,255,0,255,255,0',
    ];
  const { mcc, mnc, channel, band, areaCode, cellId, pci, rsrp, rsrq, sinr } = cell;
  const place = [channel, band, 100, 100, areaCode, shortHex(cellId), pci, '00000000', 'ffff', 'ff'].join(',').toLowerCase();
  const levels = [rsrp + 141, (rsrq + 20) * 2, sinr.toFixed(2), 1, 255, 255, rsrp + 141, 255, 255, 0, 255, 255, 0].join(',');
  return ['+UCGED: 2', `6,4,${mcc},${mnc.padStart(3, '0')}`, `${place},${levels}`];
}
