import type { LineDecoder } from '../../explanation.ts';
import { dhcp } from './dhcp.ts';
import { getportmode } from './getportmode.ts';
import { hcsq } from './hcsq.ts';
import { monnc } from './monnc.ts';
import { monsc } from './monsc.ts';
import { ndisstat } from './ndisstat.ts';
import { nwtime } from './nwtime.ts';
import { prefmode } from './prefmode.ts';
import { rrcstat } from './rrcstat.ts';
import { simst } from './simst.ts';
import { srvst } from './srvst.ts';
import { syscfg } from './syscfg.ts';
import { syscfgex } from './syscfgex.ts';
import { sysinfo } from './sysinfo.ts';
import { sysinfoex } from './sysinfoex.ts';
import { time } from './time.ts';

export const huaweiDecoders: readonly LineDecoder[] = [
  ...hcsq,
  ...dhcp,
  ...ndisstat,
  ...getportmode,
  ...time,
  ...nwtime,
  ...sysinfo,
  ...sysinfoex,
  ...monsc,
  ...monnc,
  ...rrcstat,
  ...simst,
  ...srvst,
  ...prefmode,
  ...syscfg,
  ...syscfgex,
];
