import type { LineDecoder } from '../../explanation.ts';
import { position } from '../position.ts';

export const qgpsloc: readonly LineDecoder[] = [
  {
    kind: 'qgpsloc',
    names: ['+QGPSLOC'],
    specification: 'Quectel GNSS AT commands manual, +QGPSLOC',
    decode: position,
  },
];
