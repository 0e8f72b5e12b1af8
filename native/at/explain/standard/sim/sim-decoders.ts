import type { LineDecoder } from '../../explanation.ts';
import { ccho } from './ccho.ts';
import { cgla } from './cgla.ts';
import { cimi } from './cimi.ts';
import { clck } from './clck.ts';
import { cpin } from './cpin.ts';
import { cpinr } from './cpinr.ts';
import { crsm } from './crsm.ts';
import { csim } from './csim.ts';
import { iccid } from './iccid.ts';

export const simDecoders: readonly LineDecoder[] = [...cpin, ...cpinr, ...clck, ...crsm, ...csim, ...ccho, ...cgla, ...iccid, ...cimi];
