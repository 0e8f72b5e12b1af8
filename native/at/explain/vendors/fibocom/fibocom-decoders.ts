import type { LineDecoder } from '../../explanation.ts';
import { epinc } from './epinc.ts';
import { gtcainfo } from './gtcainfo.ts';
import { gtccinfo } from './gtccinfo.ts';
import { gtdualsim } from './gtdualsim.ts';
import { gtsenrdtemp } from './gtsenrdtemp.ts';

export const fibocomDecoders: readonly LineDecoder[] = [...gtcainfo, ...gtccinfo, ...epinc, ...gtsenrdtemp, ...gtdualsim];
