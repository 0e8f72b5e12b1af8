import type { ModeTable } from '../mode-combinations.ts';

/** `<SelectedAcT>` and `<PreferredAct>` of `+URAT`. */
export const accessModes: ModeTable = {
  allowed: [['2g'], ['2g', '3g'], ['3g'], ['4g'], ['2g', '3g', '4g'], ['2g', '4g'], ['3g', '4g']],
  preferred: ['2g', null, '3g', '4g'],
};
