import type { LineDecoder } from '../../explanation.ts';
import { xact } from './xact.ts';
import { xcesq } from './xcesq.ts';
import { xlcsslp } from './xlcsslp.ts';
import { xmci } from './xmci.ts';

export const intelDecoders: readonly LineDecoder[] = [...xact, ...xmci, ...xcesq, ...xlcsslp];
