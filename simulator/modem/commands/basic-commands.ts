import type { CmeCode } from '../cme-error.ts';
import type { ModemContext } from '../modem-state.ts';
import { forgetSettings } from './stored-settings.ts';

/** Commands of one letter (ITU-T V.250 §5.3.1). Lines before the final result, or why there are none. */
export function runBasic(modem: ModemContext, name: string, number: number): readonly string[] | CmeCode {
  const { state, kind } = modem;
  switch (name) {
    case 'E':
      if (number > 1) return 50;
      state.echo = number === 1;
      return [];
    case 'I':
      return kind.vendor.identity;
    case '&F':
      forgetSettings(modem);
      state.echo = true;
      state.cmee = 1;
      return [];
    case 'Z':
      state.echo = true;
      state.cmee = 1;
      return [];
    case '&W':
      return [];
    case 'V': // Words are all that it speaks.
      return number === 1 ? [] : 50;
    case 'Q':
      return number === 0 ? [] : 50;
    default:
      return 4;
  }
}
