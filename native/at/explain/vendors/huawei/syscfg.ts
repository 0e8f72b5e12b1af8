import { splitFields } from '../../../line-fields.ts';
import { hexMask } from '../../bands.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';
import { allMasks } from './all-masks.ts';
import { bothModes } from './both-modes.ts';

function maskText(text: string): string | null {
  return hexMask(text)?.toString(16) ?? null;
}

/** `<mode>` and `<acqorder>` of `^SYSCFG`. */
function systemMode(mode: number | null, order: number | null): ExplainedFields | null {
  if (mode === 13) return { allowed: ['2g'], preferred: [] };
  if (mode === 14) return { allowed: ['3g'], preferred: [] };
  if (mode !== 2) return null;
  return { allowed: bothModes, preferred: order === 1 ? ['2g'] : order === 2 ? ['3g'] : [] };
}

export const syscfg: readonly LineDecoder[] = [
  {
    kind: 'syscfg-test',
    names: ['^SYSCFG'],
    specification: 'Huawei AT command interface specification, ^SYSCFG',
    form: 'test',
    decode(rest) {
      const [modes, orders, masks] = splitGroups(rest);
      const found = numbersOf(modes).flatMap((mode) => {
        // Where only one technology is allowed, the order has nothing to choose.
        const useful = mode === 2 ? numbersOf(orders) : numbersOf(orders).slice(0, 1);
        return useful.flatMap((acqorder) => {
          const named = systemMode(mode, acqorder);
          return named === null ? [] : [{ mode, acqorder, ...named }];
        });
      });
      return found.length === 0 ? null : { modes: found, bandsHex: allMasks(masks) };
    },
  },
  {
    kind: 'syscfg',
    names: ['^SYSCFG'],
    specification: 'Huawei AT command interface specification, ^SYSCFG',
    decode(rest) {
      const [mode = '', order = '', mask = '', roam = '', domain = ''] = splitFields(rest);
      const named = systemMode(whole(mode), whole(order));
      return named === null ? null : { ...named, bandsHex: maskText(mask), roam: whole(roam), srvdomain: whole(domain) };
    },
  },
];
