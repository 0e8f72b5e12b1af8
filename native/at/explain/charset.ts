/**
 * Text that came with `AT+CSCS="UCS2"`, four hexadecimal digits a character (3GPP TS 27.007 §5.5). Text that only happens to be hexadecimal
 * stays as it is: digits alone are a number, and what would not be readable is not a name.
 */
export function decodeUcs2(text: string): string {
  const units = unitsOf(text, 4);
  // Decimal digits alone are a number, unless each of their characters would be plain text.
  const readable = /^\d+$/.test(text) ? isPlain : isReadable;
  return units?.every(readable) === true ? String.fromCharCode(...units) : text;
}

/** The same for modems that write two digits a character as well (`AT+CSCS="HEX"`), with or without zeros behind. */
export function decodeHexText(text: string): string {
  if (/^\d+$/.test(text)) return decodeUcs2(text);
  const units = unitsOf(text.replace(/(?:00)+$/, ''), 2);
  return units?.every(isPlain) === true && units.filter(isWordLike).length * 10 >= units.length * 9
    ? String.fromCharCode(...units)
    : decodeUcs2(text);
}

/** A name or a message is not longer; more would not fit into one call. */
const mostUnits = 4_096;

function unitsOf(text: string, digits: 2 | 4): readonly number[] | null {
  if (text.length < 2 * digits || text.length > mostUnits * digits || text.length % digits !== 0) return null;
  if (!/^[0-9A-Fa-f]+$/.test(text)) return null;
  return [...text.matchAll(digits === 4 ? /.{4}/g : /.{2}/g)].map(([unit]) => Number.parseInt(unit, 16));
}

function isPlain(unit: number): boolean {
  return unit >= 0x20 && unit < 0x7f;
}

/** Letters, digits, blanks and a plus: Chinese text read by bytes has other signs in it. */
function isWordLike(unit: number): boolean {
  return /[A-Za-z0-9 +.]/.test(String.fromCharCode(unit));
}

/** Scripts of letters, marks in between, signs, Chinese, Japanese and Korean. */
function isReadable(unit: number): boolean {
  if (unit === 0x0a || unit === 0x0d || isPlain(unit)) return true;
  return (unit >= 0xa0 && unit < 0x2100) || (unit >= 0x3000 && unit < 0xd800) || unit >= 0xff00;
}
