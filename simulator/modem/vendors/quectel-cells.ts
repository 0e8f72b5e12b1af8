import { assertNever } from '../../bench/assert-never.ts';
import { CmeError } from '../cme-error.ts';
import type { AtCommand } from '../commands/at-command.ts';
import type { ServingCell } from '../serving-cell.ts';
import { tellingCommand } from './vendor-commands.ts';
import { neighbourOf, servingCell, shortHex } from '../serving-cell.ts';

const bandwidth = 5; // 20 MHz, in the maker's numbers

/** What the modem hears of its own network and around it. */
export const quectelCells: readonly AtCommand[] = [
  tellingCommand('+QNWINFO', 'execute', (modem) => [`+QNWINFO: ${describeNetwork(servingCell(modem))}`]),
  tellingCommand('+QCSQ', 'execute', (modem) => [`+QCSQ: ${describeQuality(servingCell(modem))}`]),
  tellingCommand('+QCAINFO', 'execute', (modem) => describeCarriers(servingCell(modem))),
  {
    name: '+QENG',
    takes: { set: 40 },
    test: () => ['+QENG: ("servingcell","neighbourcell")'],
    set(modem, [scope]) {
      const cell = servingCell(modem);
      if (scope === 'servingcell') return [`+QENG: "servingcell",${cell === null ? '"SEARCH"' : `"NOCONN",${formatServing(cell)}`}`];
      if (scope !== 'neighbourcell') throw new CmeError(50);
      return cell?.technology === 'eutran' ? [formatNeighbour(cell)] : [];
    },
  },
];

function describeNetwork(cell: ServingCell | null): string {
  if (cell === null) return 'No Service';
  const place = `"${cell.mcc}${cell.mnc}"`;
  const names = {
    gsm: ['EDGE', 'GSM'],
    utran: ['HSPA+', 'WCDMA'],
    eutran: ['FDD LTE', 'LTE BAND'],
    nr: ['TDD NR5G', 'NR5G BAND'],
  } as const;
  const [access, band] = names[cell.technology];
  return `"${access}",${place},"${band} ${cell.technology === 'utran' ? 2100 : cell.band}",${cell.channel}`;
}

/** SINR in fifths of a dB from −20 on. */
function describeQuality(cell: ServingCell | null): string {
  if (cell === null) return '"NOSERVICE"';
  const { rssi, rsrp, rsrq, sinr } = cell;
  switch (cell.technology) {
    case 'gsm':
      return `"GSM",${rssi}`;
    case 'utran':
      return `"WCDMA",${rssi},${rsrp},${rsrq}`;
    case 'eutran':
      return `"LTE",${rssi},${rsrp},${(sinr + 20) * 5},${rsrq}`;
    case 'nr':
      return `"NR5G",${rsrp},${sinr},${rsrq}`;
    default:
      return assertNever(cell.technology);
  }
}

/** The serving carrier alone, its width in blocks of resources. */
function describeCarriers(cell: ServingCell | null): readonly string[] {
  if (cell?.technology !== 'eutran') return [];
  const { channel, band, pci, rsrp, rsrq, rssi, sinr } = cell;
  return [`+QCAINFO: "PCC",${channel},100,"LTE BAND ${band}",1,${[pci, rsrp, rsrq, rssi, sinr].join(',')}`];
}

function formatServing(cell: ServingCell): string {
  const { mcc, mnc, areaCode, pci, band, channel, rsrp, rsrq, rssi, sinr } = cell;
  const cellId = shortHex(cell.cellId);
  switch (cell.technology) {
    case 'gsm':
      return ['"GSM"', mcc, mnc, areaCode, cellId, pci % 64, channel, `"EGSM"`, rssi, 255, 255, 0, 45, 45, 1, '-', '-', '-', '-'].join(',');
    case 'utran':
      return ['"WCDMA"', mcc, mnc, areaCode, cellId, channel, pci, 1, rsrp, rsrq, '-', '-', '-', '-', '-'].join(',');
    case 'eutran':
      return ['"LTE"', '"FDD"', mcc, mnc, cellId, pci, channel, band, bandwidth, bandwidth, areaCode, rsrp, rsrq, rssi, sinr, 40].join(',');
    case 'nr':
      return ['"NR5G-SA"', '"TDD"', mcc, mnc, cellId, pci, areaCode, channel, band, 12, rsrp, rsrq, sinr, 1, '-'].join(',');
    default:
      return assertNever(cell.technology);
  }
}

function formatNeighbour(cell: ServingCell): string {
  const { channel, pci, rsrp, rsrq, rssi } = neighbourOf(cell);
  return `+QENG: "neighbourcell intra","LTE",${[channel, pci, rsrq, rsrp, rssi, 2, 30].join(',')}`;
}
