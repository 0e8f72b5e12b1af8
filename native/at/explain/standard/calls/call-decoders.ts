import type { LineDecoder } from '../../explanation.ts';
import { ccfc } from './ccfc.ts';
import { ccwa } from './ccwa.ts';
import { clcc } from './clcc.ts';
import { clip } from './clip.ts';
import { cring } from './cring.ts';
import { slcc } from './slcc.ts';

export const callDecoders: readonly LineDecoder[] = [...clcc, ...slcc, ...clip, ...cring, ...ccwa, ...ccfc];
