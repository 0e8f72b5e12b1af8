import type { LineDecoder } from '../../explanation.ts';
import { registration } from './registration.ts';

export const cgreg: readonly LineDecoder[] = [registration('cgreg', 'PS', '3GPP TS 27.007 §10.1.20')];
