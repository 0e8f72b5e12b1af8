import type { LineDecoder } from '../../explanation.ts';
import { freeText } from './free-text.ts';

export const gmi: readonly LineDecoder[] = [freeText('ident', 'manufacturer', ['+GMI'], 'ITU-T V.250 §6.1.4')];
