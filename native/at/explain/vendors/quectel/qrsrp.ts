import type { LineDecoder } from '../../explanation.ts';
import { antennas } from './antennas.ts';

export const qrsrp: readonly LineDecoder[] = [antennas('qrsrp')];
