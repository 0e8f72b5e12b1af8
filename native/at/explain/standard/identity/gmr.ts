import type { LineDecoder } from '../../explanation.ts';
import { freeText } from './free-text.ts';

export const gmr: readonly LineDecoder[] = [freeText('ident', 'firmware', ['+GMR'], 'ITU-T V.250 §6.1.6')];
