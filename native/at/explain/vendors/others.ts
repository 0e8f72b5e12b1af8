import { splitFields } from '../../line-fields.ts';
import type { LineDecoder } from '../explanation.ts';
import { flag, readFields, signed, whole, word } from '../readers.ts';

function octet(value: number): string {
  return value.toString(16).padStart(2, '0');
}

/** Makers of whom only a few lines are known: Sierra, ZTE, MeiG, Altair. */
export const otherDecoders: readonly LineDecoder[] = [
  {
    kind: 'scact',
    names: ['!SCACT'],
    specification: 'Sierra Wireless AT command reference',
    empty: { contexts: [] },
    decode(rest) {
      const context = readFields(
        rest,
        [
          ['cid', whole],
          ['active', flag],
        ],
        2,
      );
      return context === null ? null : { contexts: [context] };
    },
  },
  {
    kind: 'cpinc',
    names: ['+CPINC'],
    specification: 'Sierra Wireless AT command reference',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['pinAttempts', whole],
          ['pin2Attempts', whole],
          ['pukAttempts', whole],
          ['puk2Attempts', whole],
        ],
        4,
      ),
  },
  {
    kind: 'zpas',
    names: ['+ZPAS'],
    specification: 'ZTE AT commands reference guide',
    decode: (rest) =>
      readFields(rest, [
        ['technology', word],
        ['domain', word],
      ]),
  },
  {
    kind: 'zrssi',
    names: ['+ZRSSI'],
    specification: 'ZTE AT commands reference guide',
    decode: (rest) =>
      readFields(rest, [
        ['first', signed],
        ['second', signed],
        ['third', signed],
      ]),
  },
  {
    kind: 'zusimr',
    names: ['+ZUSIMR'],
    specification: 'ZTE AT commands reference guide',
    decode: (rest) => readFields(rest, [['state', whole]]),
  },
  {
    kind: 'pcoinfo',
    names: ['%PCOINFO'],
    specification: 'Altair AT commands; 3GPP TS 24.008 §10.5.6.3',
    decode(rest) {
      const fields = splitFields(rest);
      const [container = '', content = ''] = fields.slice(-2);
      const session = whole(fields.length > 3 ? (fields[1] ?? '') : (fields[0] ?? ''));
      // Only containers that operators define, FF00 and above, are handed on.
      if (session === null || !/^FF[0-9A-F]{2}$/i.test(container) || !/^(?:[0-9A-F]{2}){1,120}$/i.test(content)) return null;
      const bytes = content.length / 2;
      return { sessionId: session, pco: `27${octet(bytes + 4)}80${container}${octet(bytes)}${content}`.toUpperCase() };
    },
  },
  { kind: 'cginfo', names: ['%CGINFO'], specification: 'Altair AT commands', decode: (rest) => readFields(rest, [['cid', whole]]) },
];
