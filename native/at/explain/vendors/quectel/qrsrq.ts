import type { LineDecoder } from '../../explanation.ts';
import { antennas } from './antennas.ts';

export const qrsrq: readonly LineDecoder[] = [antennas('qrsrq')];
