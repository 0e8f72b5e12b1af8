import type { LineDecoder } from '../../explanation.ts';
import { cnmi } from './cnmi.ts';
import { cpms } from './cpms.ts';
import { cscb } from './cscb.ts';

export const messageSettingDecoders: readonly LineDecoder[] = [...cpms, ...cnmi, ...cscb];
