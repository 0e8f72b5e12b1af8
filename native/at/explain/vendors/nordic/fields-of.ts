import { splitFields } from '../../../line-fields.ts';

/** Firmware has been seen that closes a text with a typographic quote. */
export function fieldsOf(rest: string): readonly string[] {
  return splitFields(rest.replaceAll(/[“”]/g, '"'));
}
