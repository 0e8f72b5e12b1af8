/** To two places, as ratios are read. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
