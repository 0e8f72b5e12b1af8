import type { LineDecoder } from '../../explanation.ts';
import { cpbr } from './cpbr.ts';
import { cpbs } from './cpbs.ts';

export const phonebookDecoders: readonly LineDecoder[] = [...cpbr, ...cpbs];
