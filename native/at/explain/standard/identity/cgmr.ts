import type { LineDecoder } from '../../explanation.ts';
import { freeText } from './free-text.ts';

export const cgmr: readonly LineDecoder[] = [freeText('cgmr', 'revision', ['+CGMR'], '3GPP TS 27.007 §5.3')];
