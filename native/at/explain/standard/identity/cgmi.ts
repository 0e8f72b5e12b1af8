import type { LineDecoder } from '../../explanation.ts';
import { freeText } from './free-text.ts';

export const cgmi: readonly LineDecoder[] = [freeText('cgmi', 'manufacturer', ['+CGMI'], '3GPP TS 27.007 §5.1')];
