import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { namedFields, signed, whole } from '../../readers.ts';
import { eutraRsrp, eutraRsrq, gsmRssi, utraEcio, utraRscp } from '../../standard/signal/signal-scales.ts';
import { snr } from './snr.ts';

function signalLevels(rest: string): ExplainedFields | null {
  const fields = splitFields(rest).slice(1);
  const raw = namedFields(
    fields,
    [
      ['rxlev', whole],
      ['ber', whole],
      ['rscp', whole],
      ['ecn0', whole],
      ['rsrq', whole],
      ['rsrp', whole],
      ['rssnr', signed],
    ],
    7,
  );
  if (raw === null) return null;
  const [rxlev = '', , rscp = '', ecn0 = '', rsrq = '', rsrp = '', rssnr = ''] = fields;
  const gsm = gsmRssi(rxlev);
  const umts = { rscp: utraRscp(rscp), ecio: utraEcio(ecn0) };
  const lte = { rsrp: eutraRsrp(rsrp), rsrq: eutraRsrq(rsrq), snr: snr(rssnr) };
  return {
    gsm: gsm === null ? null : { rssi: gsm },
    umts: umts.rscp === null ? null : umts,
    lte: lte.rsrp === null ? null : lte,
    raw,
  };
}

export const xcesq: readonly LineDecoder[] = [
  {
    kind: 'xcesq',
    names: ['+XCESQ', '+XCESQI'],
    specification: 'Intel XMM AT commands; Fibocom L8 family AT commands manual, +XCESQ',
    decode: signalLevels,
  },
];
