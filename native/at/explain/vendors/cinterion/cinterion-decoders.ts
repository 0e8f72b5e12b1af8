import type { LineDecoder } from '../../explanation.ts';
import { sgauth } from './sgauth.ts';
import { sind } from './sind.ts';
import { smoni } from './smoni.ts';

export const cinterionDecoders: readonly LineDecoder[] = [...smoni, ...sgauth, ...sind];
