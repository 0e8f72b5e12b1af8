import { CmeError } from '../cme-error.ts';
import type { RadioNetwork } from '../radio-world.ts';
import type { AtCommand } from './at-command.ts';

/** LTE band 3 at 20 MHz; of each network another channel in it (3GPP TS 36.101 §5.7.3). */
const band = 3;
const bandwidth = 5; // 20 MHz, in the maker's numbers
const firstChannel = 1300;

/** What the modem hears of its own network and around it, in the maker's form (Quectel, AT+QENG). */
export const cellCommands: readonly AtCommand[] = [
  {
    name: '+QENG',
    takes: { set: 40 },
    test: () => ['+QENG: ("servingcell","neighbourcell")'],
    set({ state }, [scope]) {
      if (scope === 'servingcell') return [state.network === null ? '+QENG: "servingcell","SEARCH"' : servingCell(state.network)];
      if (scope !== 'neighbourcell') throw new CmeError(50);
      return state.network === null ? [] : [neighbourCell(state.network)];
    },
  },
];

function servingCell({ mccMnc, reception }: RadioNetwork): string {
  const { areaCode, cellId } = reception;
  const place = [mccMnc.slice(0, 3), mccMnc.slice(3), cellId.replace(/^0+/, ''), pciOf(cellId), channelOf(mccMnc)];
  const { rsrp, rsrq, rssi, sinr } = levelsOf(reception);
  const fields = ['"LTE"', '"FDD"', ...place, band, bandwidth, bandwidth, areaCode, rsrp, rsrq, rssi, sinr, 40];
  return `+QENG: "servingcell","NOCONN",${fields.join(',')}`;
}

/** The cell next to it, on the same channel and 9 dB weaker. */
function neighbourCell({ mccMnc, reception }: RadioNetwork): string {
  const { rsrp, rsrq, rssi } = levelsOf(reception);
  const fields = [channelOf(mccMnc), (pciOf(reception.cellId) + 1) % 504, rsrq - 4, rsrp - 9, rssi - 7, 2, 30];
  return `+QENG: "neighbourcell intra","LTE",${fields.join(',')}`;
}

/** In dBm and dB, from the units of +CSQ and +CESQ (3GPP TS 27.007 §8.5, §8.69). */
function levelsOf({ rsrp, rsrq, rssi }: RadioNetwork['reception']) {
  const quality = Math.round(rsrq / 2 - 20);
  return { rsrp: rsrp - 141, rsrq: quality, rssi: 2 * rssi - 113, sinr: quality + 23 };
}

function channelOf(mccMnc: string): number {
  return firstChannel + Number(mccMnc.slice(3)) * 100;
}

function pciOf(cellId: string): number {
  return Number.parseInt(cellId, 16) % 504;
}
