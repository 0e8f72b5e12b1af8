import { splitFields } from '../../line-fields.ts';
import type { LineDecoder } from '../explanation.ts';
import { readFields, scaled, whole } from '../readers.ts';

/**
 * Levels are the lower end of the step that the number stands for (3GPP TS 27.007 §8.69): RSRP 0 is below −140 dBm, 1 is −140 … −139, and so on.
 */
export const gsmRssi = scaled(0, 63, (index) => index - 111);
export const utraRscp = scaled(0, 96, (index) => index - 121);
export const utraEcio = scaled(0, 49, (index) => index / 2 - 24.5);
export const eutraRsrq = scaled(0, 34, (index) => index / 2 - 20);
export const eutraRsrp = scaled(0, 97, (index) => index - 141);
/** NR: 3GPP TS 38.133 §10.1.6, §10.1.11 and §10.1.16. */
export const nrRsrp = scaled(0, 126, (index) => index - 157);
export const nrRsrq = scaled(0, 126, (index) => index / 2 - 43.5);
export const nrSinr = scaled(0, 127, (index) => index / 2 - 23.5);

export const signalDecoders: readonly LineDecoder[] = [
  {
    kind: 'csq',
    names: ['+CSQ'],
    specification: '3GPP TS 27.007 §8.5',
    decode(rest) {
      // One maker writes nothing at all while there is no network.
      const [rssi = '', ber = ''] = splitFields(rest);
      const index = whole(rssi);
      if (rest !== '' && index === null) return null;
      const known = scaled(0, 31, (level) => level)(rssi);
      return { rssi: known, rssiDbm: scaled(0, 31, (level) => 2 * level - 113)(rssi), ber: scaled(0, 7, (level) => level)(ber) };
    },
  },
  {
    kind: 'cesq',
    names: ['+CESQ'],
    specification: '3GPP TS 27.007 §8.69',
    decode(rest) {
      const fields = splitFields(rest);
      const raw = readFields(
        rest,
        [
          ['rxlev', whole],
          ['ber', whole],
          ['rscp', whole],
          ['ecn0', whole],
          ['rsrq', whole],
          ['rsrp', whole],
        ],
        6,
      );
      if (raw === null) return null;
      const [rxlev = '', , rscp = '', ecn0 = '', rsrq = '', rsrp = '', ssRsrq = '', ssRsrp = '', ssSinr = ''] = fields;
      const gsm = gsmRssi(rxlev);
      const umts = { rscp: utraRscp(rscp), ecio: utraEcio(ecn0) };
      const lte = { rsrp: eutraRsrp(rsrp), rsrq: eutraRsrq(rsrq) };
      const nr = { rsrp: nrRsrp(ssRsrp), rsrq: nrRsrq(ssRsrq), sinr: nrSinr(ssSinr) };
      return {
        rsrpDbm: lte.rsrp ?? nr.rsrp,
        rsrqDb: lte.rsrq ?? nr.rsrq,
        gsm: gsm === null ? null : { rssi: gsm },
        umts: umts.rscp === null && umts.ecio === null ? null : umts,
        lte: lte.rsrp === null && lte.rsrq === null ? null : lte,
        nr: nr.rsrp === null && nr.rsrq === null && nr.sinr === null ? null : nr,
        raw,
      };
    },
  },
];
