import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { signed, word } from '../../readers.ts';

/** One value for each antenna, and the technology; −32768 stands for an antenna that is not there. */
export function antennas(kind: string): LineDecoder {
  return {
    kind,
    names: [`+${kind.toUpperCase()}`],
    specification: `Quectel AT commands manuals, +${kind.toUpperCase()}`,
    decode(rest) {
      const fields = splitFields(rest);
      const rat = word(fields.find((field) => /^[A-Z]/i.test(field)) ?? '');
      const values = fields.filter((field) => signed(field) !== null).map((field) => (Number(field) <= -32_768 ? null : Number(field)));
      return values.length === 0 ? null : { rat, antennas: values };
    },
  };
}
