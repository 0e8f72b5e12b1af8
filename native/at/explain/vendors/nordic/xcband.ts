import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';

export const xcband: readonly LineDecoder[] = [
  {
    kind: 'nrf-xcband',
    names: ['%XCBAND'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %XCBAND',
    decode(rest) {
      if (rest.startsWith('(')) return { availableBands: numbersOf(splitGroups(rest)[0]) };
      const band = whole(rest);
      return band === null ? null : { band, currentBand: band };
    },
  },
];
