import type { LineDecoder } from '../../explanation.ts';
import { ati } from './ati.ts';
import { cgmi } from './cgmi.ts';
import { cgmm } from './cgmm.ts';
import { cgmr } from './cgmr.ts';
import { cgsn } from './cgsn.ts';
import { gcap } from './gcap.ts';
import { gmi } from './gmi.ts';
import { gmm } from './gmm.ts';
import { gmr } from './gmr.ts';

export const identityDecoders: readonly LineDecoder[] = [...cgmi, ...cgmm, ...cgmr, ...gmi, ...gmm, ...gmr, ...ati, ...cgsn, ...gcap];
