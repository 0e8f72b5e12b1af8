import type { LineDecoder } from '../../explanation.ts';
import { registration } from './registration.ts';

export const cereg: readonly LineDecoder[] = [registration('cereg', 'EPS', '3GPP TS 27.007 §10.1.22')];
