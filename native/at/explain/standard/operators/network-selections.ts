/** `<n>` of `+WS46`, 3GPP TS 27.007 §5.9. 25 is everything that the modem has. */
export const networkSelectionSets: ReadonlyMap<number, readonly string[]> = new Map([
  [12, ['2g']],
  [22, ['3g']],
  [25, ['2g', '3g', '4g', '5g']],
  [28, ['4g']],
  [29, ['2g', '3g']],
  [30, ['2g', '4g']],
  [31, ['3g', '4g']],
  [35, ['2g', '3g', '5g']],
  [36, ['5g']],
  [37, ['4g', '5g']],
  [38, ['3g', '4g', '5g']],
  [40, ['2g', '4g', '5g']],
  [41, ['2g', '5g']],
  [42, ['3g', '5g']],
]);
