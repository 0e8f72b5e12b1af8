import type { ModeTable } from '../mode-combinations.ts';

/** `<AcT>` and `<PreferredAct1>` of `+XACT`. */
export const accessModes: ModeTable = {
  allowed: [['2g'], ['3g'], ['4g'], ['2g', '3g'], ['3g', '4g'], ['2g', '4g'], ['2g', '3g', '4g']],
  preferred: ['2g', '3g', '4g'],
};
