import type { LineDecoder } from '../../explanation.ts';
import { discontinuousReception } from './discontinuous-reception.ts';

export const cedrxs: readonly LineDecoder[] = [
  {
    kind: 'cedrxs',
    names: ['+CEDRXS'],
    specification: '3GPP TS 27.007 §7.40',
    decode: (rest) => discontinuousReception(rest),
  },
];
