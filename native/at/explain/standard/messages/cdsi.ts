import type { LineDecoder } from '../../explanation.ts';
import { storedAt } from './stored-at.ts';

export const cdsi: readonly LineDecoder[] = [storedAt('cdsi', '3GPP TS 27.005 §3.4.1')];
