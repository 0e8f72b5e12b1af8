import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';
import { eutraRsrp, eutraRsrq, gsmRssi, nrRsrp, nrRsrq, nrSinr, utraEcio, utraRscp } from './signal-scales.ts';

export const cesq: readonly LineDecoder[] = [
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
