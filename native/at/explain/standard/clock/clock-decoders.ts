import type { LineDecoder } from '../../explanation.ts';
import { cclk } from './cclk.ts';
import { ctze } from './ctze.ts';
import { ctzu } from './ctzu.ts';
import { ctzv } from './ctzv.ts';

export const clockDecoders: readonly LineDecoder[] = [...cclk, ...ctzu, ...ctzv, ...ctze];
