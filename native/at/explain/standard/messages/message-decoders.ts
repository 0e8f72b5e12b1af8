import type { LineDecoder } from '../../explanation.ts';
import { cbm } from './cbm.ts';
import { cds } from './cds.ts';
import { cdsi } from './cdsi.ts';
import { cmgf } from './cmgf.ts';
import { cmgl } from './cmgl.ts';
import { cmgr } from './cmgr.ts';
import { cmgs } from './cmgs.ts';
import { cmgw } from './cmgw.ts';
import { cmt } from './cmt.ts';
import { cmti } from './cmti.ts';
import { csca } from './csca.ts';

export const messageDecoders: readonly LineDecoder[] = [
  ...cmgl,
  ...cmgr,
  ...cmt,
  ...cds,
  ...cmti,
  ...cdsi,
  ...cmgs,
  ...cmgw,
  ...cmgf,
  ...csca,
  ...cbm,
];
