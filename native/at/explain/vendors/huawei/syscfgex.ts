import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { splitGroups, wordsOf } from '../../groups.ts';
import { whole, word } from '../../readers.ts';
import { allMasks } from './all-masks.ts';

const generations: Readonly<Record<string, string>> = { '01': '2g', '02': '3g', '03': '4g', '08': '5g' };

/** `0302`: LTE first, then UTRA. `00` is left to the device. */
function searchOrder(order: string): readonly string[] | null {
  if (!/^(?:\d\d){1,8}$/.test(order) || order === '99') return null;
  return [...order.matchAll(/../g)].flatMap(([pair]) => generations[pair] ?? []);
}

function preferredFirst(allowed: readonly string[]): ExplainedFields {
  return { allowed, preferred: allowed.length > 1 ? allowed.slice(0, 1) : [] };
}

export const syscfgex: readonly LineDecoder[] = [
  {
    kind: 'syscfgex-test',
    names: ['^SYSCFGEX'],
    specification: 'Huawei AT command interface specification, ^SYSCFGEX',
    form: 'test',
    decode(rest) {
      const [orders, masks, , , lteMasks] = splitGroups(rest);
      const known = wordsOf(orders).filter((order) => searchOrder(order) !== null);
      const all = [...new Set(known.flatMap((order) => searchOrder(order) ?? []))].toSorted().toReversed();
      const modes = known.map((mode) => {
        const allowed = searchOrder(mode) ?? [];
        return { mode, ...(mode === '00' ? { allowed: all, preferred: [] } : preferredFirst(allowed)) };
      });
      return modes.length === 0 ? null : { modes, gsmUmtsBandsHex: allMasks(masks), lteBandsHex: allMasks(lteMasks) };
    },
  },
  {
    kind: 'syscfgex',
    names: ['^SYSCFGEX'],
    specification: 'Huawei AT command interface specification, ^SYSCFGEX',
    decode(rest) {
      const [order = '', band = '', roam = '', domain = '', lteband = ''] = splitFields(rest);
      const allowed = searchOrder(order);
      if (allowed === null) return null;
      return {
        acqorder: order,
        ...preferredFirst(allowed),
        band: word(band),
        roam: whole(roam),
        srvdomain: whole(domain),
        lteband: word(lteband),
      };
    },
  },
];
