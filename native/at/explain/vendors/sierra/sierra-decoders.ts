import type { LineDecoder } from '../../explanation.ts';
import { cpinc } from './cpinc.ts';
import { gstatus } from './gstatus.ts';
import { scact } from './scact.ts';

export const sierraDecoders: readonly LineDecoder[] = [...scact, ...cpinc, ...gstatus];
