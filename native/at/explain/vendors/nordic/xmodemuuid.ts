import type { LineDecoder } from '../../explanation.ts';
import { readFields, word } from '../../readers.ts';

export const xmodemuuid: readonly LineDecoder[] = [
  {
    kind: 'nrf-xmodemuuid',
    names: ['%XMODEMUUID'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %XMODEMUUID',
    decode: (rest) => readFields(rest, [['modemUuid', word]]),
  },
];
