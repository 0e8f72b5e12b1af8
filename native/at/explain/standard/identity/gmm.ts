import type { LineDecoder } from '../../explanation.ts';
import { freeText } from './free-text.ts';

export const gmm: readonly LineDecoder[] = [freeText('ident', 'model', ['+GMM'], 'ITU-T V.250 §6.1.5')];
