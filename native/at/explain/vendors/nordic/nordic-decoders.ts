import type { LineDecoder } from '../../explanation.ts';
import { cesq } from './cesq.ts';
import { coneval } from './coneval.ts';
import { hwversion } from './hwversion.ts';
import { xcband } from './xcband.ts';
import { xconnstat } from './xconnstat.ts';
import { xdataprfl } from './xdataprfl.ts';
import { xmodemuuid } from './xmodemuuid.ts';
import { xmonitor } from './xmonitor.ts';
import { xsim } from './xsim.ts';
import { xsystemmode } from './xsystemmode.ts';
import { xt3412 } from './xt3412.ts';

export const nordicDecoders: readonly LineDecoder[] = [
  ...cesq,
  ...coneval,
  ...xcband,
  ...xmonitor,
  ...hwversion,
  ...xmodemuuid,
  ...xdataprfl,
  ...xconnstat,
  ...xt3412,
  ...xsim,
  ...xsystemmode,
];
