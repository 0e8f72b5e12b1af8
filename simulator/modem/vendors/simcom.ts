import { bandsIn, maskOf, readMask } from '../commands/band-mask.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { cardNumberCommand } from '../commands/card-number.ts';
import { knownTraits } from '../modem-traits.ts';
import type { ModemContext } from '../modem-state.ts';
import type { RadioTechnology } from '../radio-settings.ts';
import { servingCell, shortHex, type ServingCell } from '../serving-cell.ts';
import type { ModemVendor } from './modem-vendor.ts';
import {
  countersOf,
  restartCommand,
  slotCommand,
  technologyCommand,
  tellingCommand,
  type ModeSet,
  type TechnologyModes,
} from './vendor-commands.ts';

const modes: TechnologyModes = new Map<string, ModeSet>([
  ['2', 'all'],
  ['13', ['gsm']],
  ['14', ['utran']],
  ['38', ['eutran']],
  ['19', ['gsm', 'utran']],
  ['51', ['gsm', 'eutran']],
  ['54', ['utran', 'eutran']],
]);

/** Bits of the mask for GSM and UMTS (SIM7500/SIM7600 AT commands manual, AT+CNBP). */
const olderBits: readonly (readonly [RadioTechnology, number, bit: bigint])[] = [
  ['gsm', 1800, 7n],
  ['gsm', 900, 8n],
  ['gsm', 850, 19n],
  ['gsm', 1900, 21n],
  ['utran', 1, 22n],
  ['utran', 2, 23n],
  ['utran', 5, 26n],
  ['utran', 8, 49n],
];

/** SIM7600G-H. It reaches the card through AT+CSIM alone. */
export const simcom: ModemVendor = {
  manufacturer: 'SIMCOM INCORPORATED',
  model: 'SIMCOM_SIM7600G-H',
  revision: '+CGMR: LE20B04SIM7600G22',
  identity: ['Manufacturer: SIMCOM INCORPORATED', 'Model: SIMCOM_SIM7600G-H', 'Revision: SIM7600G_V2.0.2', '+GCAP: +CGSM'],
  usb: { vendorId: '1e0e', productId: '9001', interface: 2 },
  boot: ['RDY'],
  card: { found: [], lost: ['+SIMCARD: NOT AVAILABLE'], saysPin: true },
  bands: {
    gsm: [850, 900, 1800, 1900],
    utran: [1, 2, 5, 8],
    eutran: [1, 2, 3, 4, 5, 7, 8, 12, 13, 18, 19, 20, 25, 26, 28, 34, 38, 39, 40, 41, 66],
  },
  commands: [
    { ...cardNumberCommand('+ICCID', { filler: true }), name: '+CICCID' },
    tellingCommand('+SPIC', 'execute', (modem) => {
      const { pin, puk, pin2, puk2 } = countersOf(modem);
      return [`+SPIC: ${pin},${puk},${pin2},${puk2}`];
    }),
    technologyCommand('+CNMP', modes),
    bandCommand(),
    tellingCommand('+CPSI', 'read', (modem) => [`+CPSI: ${describe(servingCell(modem))}`]),
    tellingCommand('+CPMUTEMP', 'execute', () => ['+CPMUTEMP: 31']),
    slotCommand('+SMSIMCFG', ['1', '2'], (slot) => `1,${slot}`),
    restartCommand('+CRESET'),
  ],
  lacks: ['+CPINR'],
  restartLevel: null,
  chatter: ['+CTZV: 26/01/01,00:00:00+04', 'VOICE CALL: END: 000041', '+CGEV: NW MODIFY 1,0'],
  traits: { ...knownTraits['csimOnly']?.change, fetchesAnswers: false },
};

function bandCommand(): AtCommand {
  return {
    name: '+CNBP',
    read: ({ radio }) => {
      const older = olderBits.reduce(
        (mask, [technology, band, bit]) => mask | (radio.bands[technology]?.includes(band) === true ? 1n << bit : 0n),
        0n,
      );
      return [`+CNBP: ${formatMask(older)},${formatMask(maskOf(radio.bands.eutran ?? []))},${formatMask(0n)}`];
    },
    test: () => [],
    set: setBands,
  };
}

function setBands(modem: ModemContext, [older, lte]: readonly string[]): readonly string[] {
  const { bands } = modem.kind.vendor;
  const mask = readMask(older);
  const chosen = (technology: RadioTechnology): readonly number[] =>
    (bands[technology] ?? []).filter((band) =>
      olderBits.some((bit) => bit[0] === technology && bit[1] === band && ((mask >> bit[2]) & 1n) === 1n),
    );
  const eutran = lte === undefined ? (modem.radio.bands.eutran ?? []) : bandsIn(readMask(lte), bands.eutran ?? []);
  modem.radio.bands = { gsm: chosen('gsm'), utran: chosen('utran'), eutran };
  modem.radioChanged();
  return [];
}

function formatMask(mask: bigint): string {
  return `0x${mask.toString(16).toUpperCase().padStart(16, '0')}`;
}

/** Levels of LTE in tenths. */
function describe(cell: ServingCell | null): string {
  if (cell === null) return 'NO SERVICE,Online';
  const place = `Online,${cell.mcc}-${cell.mnc},0x${cell.areaCode},${Number.parseInt(shortHex(cell.cellId), 16)}`;
  switch (cell.technology) {
    case 'gsm':
      return `GSM,${place},${cell.channel} EGSM ${cell.band},${cell.rssi},0,22-22`;
    case 'utran':
      return `WCDMA,${place},WCDMA IMT 2000,${cell.pci},${cell.channel},0,${-cell.rsrq / 2},${-cell.rsrp},15,0,500`;
    default: {
      const levels = [cell.rsrq * 10, cell.rsrp * 10, cell.rssi * 10, cell.sinr];
      return `LTE,${place},${cell.pci},EUTRAN-BAND${cell.band},${cell.channel},5,5,${levels.join(',')}`;
    }
  }
}
