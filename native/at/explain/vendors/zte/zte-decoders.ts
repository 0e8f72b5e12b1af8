import type { LineDecoder } from '../../explanation.ts';
import { zpas } from './zpas.ts';
import { zrssi } from './zrssi.ts';
import { zusimr } from './zusimr.ts';

export const zteDecoders: readonly LineDecoder[] = [...zpas, ...zrssi, ...zusimr];
