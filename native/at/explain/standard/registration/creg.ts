import type { LineDecoder } from '../../explanation.ts';
import { registration } from './registration.ts';

export const creg: readonly LineDecoder[] = [registration('creg', 'CS', '3GPP TS 27.007 §7.2')];
