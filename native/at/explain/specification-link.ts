/**
 * Where the specification can be read: 3GPP keeps a page for each of its own, by the number without the dot. Null for what others publish, of which
 * the places change.
 */
export function specificationLink(specification: string): string | null {
  const [, series, number] = /^3GPP TS (\d{2})\.(\d{3})\b/.exec(specification) ?? [];
  return series === undefined || number === undefined ? null : `https://www.3gpp.org/dynareport/${series}${number}.htm`;
}
