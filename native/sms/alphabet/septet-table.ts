/** What each of the 128 septets stands for. */
export type SeptetTable = readonly string[];

/** Stands in a table where a septet has no character of its own. */
export const reserved = '';

/** Septet 1B: the next one is read from the extension table, or from the single shift table (TS 23.038 §6.2.1). */
export const escapeSeptet = 0x1b;
/** What stands for it in a table; the control character that it is in ASCII. */
export const escape = '\u001B';
