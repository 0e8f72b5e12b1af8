/** Bands of `+GTCAINFO`: E-UTRA by its number and 100, NR by its number behind a 50. */
export function bandName(text: string): { readonly technology: string; readonly band: string } | null {
  if (/^50\d{1,3}$/.test(text)) return { technology: 'NR', band: `n${text.slice(2)}` };
  return /^1\d\d$/.test(text) ? { technology: 'LTE', band: `B${Number(text) - 100}` } : null;
}
