import type { LineDecoder } from '../../explanation.ts';
import { registration } from './registration.ts';

export const c5greg: readonly LineDecoder[] = [registration('c5greg', '5GS', '3GPP TS 27.007 §10.1.47')];
