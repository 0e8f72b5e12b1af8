import type { LineDecoder } from '../../explanation.ts';
import { cedrxp } from './cedrxp.ts';
import { cedrxrdp } from './cedrxrdp.ts';
import { cedrxs } from './cedrxs.ts';
import { cpsms } from './cpsms.ts';

export const powerSavingDecoders: readonly LineDecoder[] = [...cpsms, ...cedrxs, ...cedrxp, ...cedrxrdp];
