import type { LineDecoder } from '../../explanation.ts';
import { cemode } from './cemode.ts';
import { cgatt } from './cgatt.ts';
import { cnum } from './cnum.ts';
import { cops } from './cops.ts';
import { cpol } from './cpol.ts';
import { cscon } from './cscon.ts';
import { ws46 } from './ws46.ts';

export const operatorDecoders: readonly LineDecoder[] = [...cops, ...cpol, ...cnum, ...cscon, ...cemode, ...cgatt, ...ws46];
