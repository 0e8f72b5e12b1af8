import type { LineDecoder } from '../../explanation.ts';
import { qcainfo } from './qcainfo.ts';
import { qcsq } from './qcsq.ts';
import { qeng } from './qeng.ts';
import { qgdcnt } from './qgdcnt.ts';
import { qgpsloc } from './qgpsloc.ts';
import { qnwinfo } from './qnwinfo.ts';
import { qpinc } from './qpinc.ts';
import { qrsrp } from './qrsrp.ts';
import { qrsrq } from './qrsrq.ts';
import { qsimstat } from './qsimstat.ts';
import { qsinr } from './qsinr.ts';
import { qtemp } from './qtemp.ts';
import { quimslot } from './quimslot.ts';
import { qusim } from './qusim.ts';

export const quectelDecoders: readonly LineDecoder[] = [
  ...qcsq,
  ...qeng,
  ...qrsrp,
  ...qrsrq,
  ...qsinr,
  ...qnwinfo,
  ...qcainfo,
  ...qgdcnt,
  ...qgpsloc,
  ...qtemp,
  ...qusim,
  ...qsimstat,
  ...quimslot,
  ...qpinc,
];
