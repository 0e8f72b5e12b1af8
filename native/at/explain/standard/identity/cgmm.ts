import type { LineDecoder } from '../../explanation.ts';
import { freeText } from './free-text.ts';

export const cgmm: readonly LineDecoder[] = [freeText('cgmm', 'model', ['+CGMM'], '3GPP TS 27.007 §5.2')];
