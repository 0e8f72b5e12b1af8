import { escape, reserved, type SeptetTable } from './septet-table.ts';

/** GSM 7 bit default alphabet (TS 23.038 §6.2.1). */
export const defaultTable: SeptetTable = Array.from(
  [
    '@£$¥èéùìòÇ\nØø\rÅå',
    `Δ_ΦΓΛΩΠΨΣΘΞ${escape}ÆæßÉ`,
    ' !"#¤%&\'()*+,-./',
    '0123456789:;<=>?',
    '¡ABCDEFGHIJKLMNO',
    'PQRSTUVWXYZÄÖÑÜ§',
    '¿abcdefghijklmno',
    'pqrstuvwxyzäöñüà',
  ].join(''),
);

/** Its extension table (TS 23.038 §6.2.1.1). 0D is left to control functions, 1B to further tables. */
export const defaultExtension: SeptetTable = Array.from({ length: 128 }, (_none, septet) => {
  switch (septet) {
    case 0x0a:
      return '\f';
    case 0x14:
      return '^';
    case 0x1b:
      return escape;
    case 0x28:
      return '{';
    case 0x29:
      return '}';
    case 0x2f:
      return '\\';
    case 0x3c:
      return '[';
    case 0x3d:
      return '~';
    case 0x3e:
      return ']';
    case 0x40:
      return '|';
    case 0x65:
      return '€';
    default:
      return reserved;
  }
});
