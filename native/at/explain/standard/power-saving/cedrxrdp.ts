import type { LineDecoder } from '../../explanation.ts';
import { discontinuousReception } from './discontinuous-reception.ts';

export const cedrxrdp: readonly LineDecoder[] = [
  {
    kind: 'cedrxrdp',
    names: ['+CEDRXRDP'],
    specification: '3GPP TS 27.007 §7.41',
    decode: (rest) => discontinuousReception(rest),
  },
];
