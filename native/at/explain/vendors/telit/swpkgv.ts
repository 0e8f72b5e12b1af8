import type { LineDecoder } from '../../explanation.ts';

export const swpkgv: readonly LineDecoder[] = [
  {
    kind: 'swpkgv',
    names: ['#SWPKGV'],
    specification: 'Telit AT commands reference guide, #SWPKGV',
    decode: (rest) => (rest === '' ? null : { version: rest }),
    decodeBare: (line) => (/^\d{2}\.\d{2}\.\d{3}/.test(line) ? { version: line } : null),
  },
];
