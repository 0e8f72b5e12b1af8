import type { LineDecoder } from '../../explanation.ts';
import { cesq } from './cesq.ts';
import { csq } from './csq.ts';

export const signalDecoders: readonly LineDecoder[] = [...csq, ...cesq];
