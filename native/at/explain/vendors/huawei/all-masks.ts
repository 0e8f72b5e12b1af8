import { splitFields } from '../../../line-fields.ts';
import { hexMask } from '../../bands.ts';
import { splitGroups } from '../../groups.ts';

/** Masks that stand for "whatever the device has". */
const everyBand: ReadonlySet<bigint> = new Set([0x3fffffffn, 0x7fffffffffffffffn]);

/** All that a group of `(mask,"names")` holds together, without the mask for everything. */
export function allMasks(group: string | undefined): string {
  let all = 0n;
  for (const inner of splitGroups(group ?? '')) {
    const mask = hexMask(splitFields(inner)[0] ?? '');
    if (mask !== null && !everyBand.has(mask)) all |= mask;
  }
  return all.toString(16);
}
