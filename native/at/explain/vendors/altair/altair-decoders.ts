import type { LineDecoder } from '../../explanation.ts';
import { cginfo } from './cginfo.ts';
import { pcoinfo } from './pcoinfo.ts';

export const altairDecoders: readonly LineDecoder[] = [...pcoinfo, ...cginfo];
