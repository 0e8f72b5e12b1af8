import type { LineDecoder } from '../../explanation.ts';
import { antennas } from './antennas.ts';

export const qsinr: readonly LineDecoder[] = [antennas('qsinr')];
