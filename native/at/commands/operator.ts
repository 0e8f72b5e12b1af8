import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { afterPrefix, splitFields } from '../line-fields.ts';

export type OperatorAnswer = { readonly name: string | null; readonly mccMnc: string | null } | null;

/**
 * The operator that the modem is registered on, null where there is none. Asked for in both formats on one line, numeric first, so that
 * the long name is the format that stays set, as it is after a reset.
 */
export const operatorCommand: AtCommand<'both' | 'asSet', OperatorAnswer> = {
  name: '+COPS',
  specification: '3GPP TS 27.007 §7.3',
  encode: (formats) => (formats === 'both' ? 'AT+COPS=3,2;+COPS?;+COPS=3,0;+COPS?' : 'AT+COPS?'),
  decode(lines) {
    let answered = false;
    let name: string | null = null;
    let mccMnc: string | null = null;
    for (const line of lines) {
      const rest = afterPrefix(line, '+COPS');
      if (rest === null) continue;
      answered = true;
      const [, format, operator] = splitFields(rest);
      if (operator === undefined || operator === '') continue;
      // A modem without the network's name shows its number in the place of the name.
      if (/^\d{5,6}$/.test(operator)) mccMnc = operator;
      else if (format !== '2') name = readableName(operator);
    }
    if (!answered) throw answerError('+COPS', lines);
    return name === null && mccMnc === null ? null : { name, mccMnc };
  },
};

/** With `AT+CSCS="UCS2"` names come as hexadecimal UCS-2. */
function readableName(text: string): string {
  if (text.length < 8 || !/^(?:[0-9A-Fa-f]{4})+$/.test(text)) return text;
  const units = text.match(/.{4}/g)?.map((unit) => Number.parseInt(unit, 16)) ?? [];
  const printable = units.every((unit) => (unit >= 0x20 && unit < 0x250) || (unit >= 0x3000 && unit < 0xa000));
  return printable ? String.fromCharCode(...units) : text;
}
