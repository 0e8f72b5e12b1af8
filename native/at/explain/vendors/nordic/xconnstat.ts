import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const xconnstat: readonly LineDecoder[] = [
  {
    kind: 'nrf-xconnstat',
    names: ['%XCONNSTAT'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %XCONNSTAT',
    decode: (rest) =>
      readFields(rest, [
        ['smsSent', whole],
        ['smsReceived', whole],
        ['sentKilobytes', whole],
        ['receivedKilobytes', whole],
        ['largestPacketBytes', whole],
        ['averagePacketBytes', whole],
      ]),
  },
];
