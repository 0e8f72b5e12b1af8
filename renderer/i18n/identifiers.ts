/** How identifiers are written for people; the digits stay as they are. */

function grouped(text: string, size: number): string {
  return text.match(new RegExp(`.{1,${size}}`, 'gu'))?.join(' ') ?? '';
}

/** An EID in groups of eight. */
export function writeEid(eid: string): string {
  return grouped(eid, 8);
}

/** An ICCID in groups of four. */
export function writeIccid(iccid: string): string {
  return grouped(iccid, 4);
}

/** The end of an ICCID, where there is room for a hint only: cut at the front, because the end tells cards apart. */
export function shortIccid(iccid: string): string {
  return iccid.length <= 7 ? iccid : `…${iccid.slice(-7)}`;
}

/** Calling codes whose numbers have customary groups, and those; what is not listed is written in threes. */
const callingCodes: Readonly<Record<string, readonly number[]>> = {
  '44': [4, 6],
  '49': [3, 8],
  '86': [3, 4, 4],
  '1': [3, 3, 4],
};

/** A phone number of E.164 in readable groups: +44 7700 900482. */
export function writePhone(e164: string): string {
  const digits = e164.replace(/^\+/u, '');
  if (!/^\d{7,15}$/u.test(digits)) return e164;
  const code = Object.keys(callingCodes).find((candidate) => digits.startsWith(candidate));
  const groups = code === undefined ? undefined : callingCodes[code];
  if (code === undefined || groups === undefined) return `+${digits.slice(0, 2)} ${grouped(digits.slice(2), 3)}`;
  const parts: string[] = [];
  let rest = digits.slice(code.length);
  for (const size of groups) {
    if (rest === '') break;
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return `+${code} ${parts.join(' ')}${rest}`;
}

/** Three digits of MCC, then the MNC of two or three: 208 01 (3GPP TS 23.003 §2.2). */
export function writeMccMnc(mccMnc: string): string {
  return `${mccMnc.slice(0, 3)} ${mccMnc.slice(3)}`;
}
