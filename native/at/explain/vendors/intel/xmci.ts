import { splitFields } from '../../../line-fields.ts';
import { bandOfChannel } from '../../bands.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, hexNumber } from '../../readers.ts';
import { eutraRsrp, eutraRsrq } from '../../standard/signal/signal-scales.ts';
import { snr } from './snr.ts';

/** Cells of LTE: 4 is the serving one, 5 a neighbour, of which little is known. Numbers are in hexadecimal. */
function cellLine(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const [type = '', mcc = '', mnc = '', tac = '', cellId = '', pci = '', downlink = '', , , rsrp = '', rsrq = '', sinr = ''] = fields;
  if ((type !== '4' && type !== '5') || fields.length < 12) return null;
  const earfcn = hexNumber(downlink);
  const isNamed = mcc !== '000';
  const cell = {
    serving: type === '4',
    rat: 'LTE',
    mcc: isNamed ? mcc : null,
    mnc: isNamed ? mnc : null,
    tac: isNamed ? hexDigits(tac) : null,
    cellId: isNamed ? hexDigits(cellId) : null,
    pci: hexNumber(pci),
    earfcn,
    band: bandOfChannel('LTE', earfcn),
    rsrp: eutraRsrp(rsrp),
    rsrq: eutraRsrq(rsrq),
    sinr: snr(sinr),
  };
  return { cells: [cell] };
}

export const xmci: readonly LineDecoder[] = [
  { kind: 'xmci', names: ['+XMCI'], specification: 'Intel XMM AT commands; Fibocom L8 family AT commands manual, +XMCI', decode: cellLine },
];
