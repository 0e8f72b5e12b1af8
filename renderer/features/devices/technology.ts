import { assertNever } from '#renderer/app/assert-never.ts';
import type { ModemStatus } from '#contract/desk/devices.ts';

export type TechnologyKey = 'second' | 'third' | 'fourth' | 'fifth' | 'nbIot' | 'ltem' | 'unknown';

/** The generation that people know a radio technology by (3GPP TS 27.007 §7.2, `<AcT>`). */
export function technologyKey(technology: NonNullable<ModemStatus['registration']['technology']>): TechnologyKey {
  switch (technology) {
    case 'gsm':
      return 'second';
    case 'utran':
      return 'third';
    case 'eutran':
      return 'fourth';
    case 'nr':
      return 'fifth';
    case 'nbIot':
      return 'nbIot';
    case 'ltem':
      return 'ltem';
    case 'unknown':
      return 'unknown';
    default:
      return assertNever(technology);
  }
}
