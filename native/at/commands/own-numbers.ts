import type { AtCommand } from '../command.ts';
import { afterPrefix, splitFields } from '../line-fields.ts';

export type OwnNumber = { readonly number: string; readonly name: string | null };

/** An international number, 3GPP TS 24.008 §10.5.4.7. */
const international = '145';

/** The numbers of the line as they stand on the card, which is often empty. */
export const ownNumbersCommand: AtCommand<void, readonly OwnNumber[]> = {
  name: '+CNUM',
  specification: '3GPP TS 27.007 §7.1',
  encode: () => 'AT+CNUM',
  decode: (lines) =>
    lines.flatMap((line) => {
      const [name = '', number = '', type = ''] = splitFields(afterPrefix(line, '+CNUM') ?? '');
      if (!/^\+?\d{3,20}$/.test(number)) return [];
      const full = type === international && !number.startsWith('+') ? `+${number}` : number;
      return [{ number: full, name: name === '' ? null : name.slice(0, 60) }];
    }),
};
